using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>Turns the results of the driver into exceptions.</summary>
internal static unsafe class CudaCheck
{
    /// <summary>Throws unless <paramref name="result"/> is CUDA_SUCCESS.</summary>
    internal static void Ok(int result, [CallerArgumentExpression(nameof(result))] string call = "")
    {
        if (result != CudaResult.Success)
            throw Failure(result, call);
    }

    /// <summary>As the other one, for a call of the driver's compiler: its complaint goes into the message.</summary>
    internal static void Ok(int result, string call, JitLog log)
    {
        if (result != CudaResult.Success)
            throw Failure(result, call, FirstLine(log.Error), log.Error);
    }

    /// <summary>
    /// The exception for <paramref name="result"/>. <paramref name="call"/> is the expression of the call or its
    /// name, <paramref name="detail"/> the end of the message, <paramref name="log"/> what the driver's compiler said.
    /// </summary>
    internal static VicaException Failure(int result, string call, string detail = "", string log = "")
    {
        string function = FunctionName(call);
        string name = Name(result);
        string message = $"{function}: {Sentence(result)} ({name}, {result}){detail}";
        if (result == CudaResult.UnsupportedPtxVersion)
            message += $"; the driver supports CUDA {CudaLibrary.VersionText(CudaLibrary.DriverVersion)}: update it";
        return result switch
        {
            CudaResult.OutOfMemory => new ResourceException(ErrorCodes.ResourceGpuMemory, message),
            CudaResult.StubLibrary or CudaResult.NoDevice or CudaResult.NoBinaryForGpu
                or CudaResult.UnsupportedPtxVersion or CudaResult.SystemNotReady
                or CudaResult.SystemDriverMismatch or CudaResult.CompatNotSupported =>
                new EnvironmentException(ErrorCodes.EnvCuda, message),
            _ => new CudaException(Code(result), message, function, result, name, log),
        };
    }

    /// <summary>CUDA_ERROR_…, also for numbers that this project does not know.</summary>
    internal static string Name(int result)
    {
        byte* text;
        return CudaDriver.cuGetErrorName(result, &text) == CudaResult.Success
            ? Marshal.PtrToStringUTF8((nint)text)!
            : "unknown error";
    }

    /// <summary>The driver's own sentence.</summary>
    internal static string Sentence(int result)
    {
        byte* text;
        return CudaDriver.cuGetErrorString(result, &text) == CudaResult.Success
            ? Marshal.PtrToStringUTF8((nint)text)!
            : "the driver has no words for it";
    }

    // A fault spoils the context for good: only a new process can use the GPU again.
    private static string Code(int result) => result switch
    {
        CudaResult.IllegalAddress or CudaResult.LaunchTimeout
            or (>= CudaResult.HardwareStackError and <= CudaResult.LaunchFailed) => ErrorCodes.DeviceFault,
        CudaResult.Deinitialized or CudaResult.DeviceUnavailable or CudaResult.EccUncorrectable
            or CudaResult.Unknown => ErrorCodes.DeviceLost,
        _ => ErrorCodes.CudaError,
    };

    private static string FunctionName(string call)
    {
        int end = call.IndexOf('(', StringComparison.Ordinal);
        string name = end < 0 ? call : call[..end];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static string FirstLine(string log) => log.Length > 0 ? $"; {log.Split('\n', 2)[0].Trim()}" : "";
}
