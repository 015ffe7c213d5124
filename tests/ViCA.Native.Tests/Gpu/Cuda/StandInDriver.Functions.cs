using System.Runtime.InteropServices;
using System.Text;

namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>The functions themselves, with the signatures of cuda.h: CUdeviceptr and size_t are 64 bits.</summary>
internal static unsafe partial class StandInDriver
{
    public const int OutOfMemory = 2;
    public const int InvalidImage = 200;
    public const int InvalidContext = 201;
    public const int InvalidPtx = 218;
    public const int NotFound = 500;
    public const int IllegalAddress = 700;

    public const nint ContextHandle = 0x1000;
    public const nint FunctionHandle = 0x2000;
    public const nint GraphHandle = 0x3000;
    public const nint GraphExecutableHandle = 0x3001;
    public const nint LinkHandle = 0x4000;
    public const nint ModuleHandle = 0x5000;

    public const string BrokenPtxMarker = "broken";
    public const string Complaint = "ptxas application ptx input, line 3; error   : Unknown symbol 'broken'";
    public const string InfoText = "ptxas info    : Used 12 registers";

    [ThreadStatic]
    private static nint _current;

    private static nint _nextHandle = 0x10000;
    private static nint _infoLog;
    private static nint _errorLog;
    private static byte[] _linkInput = [];

    public static List<StandInLaunch> Launches { get; } = [];

    public static Dictionary<int, int> Attributes { get; } = [];

    /// <summary>Options of the last cuLinkCreate or cuModuleLoadDataEx, by number.</summary>
    public static Dictionary<int, nint> JitOptions { get; } = [];

    /// <summary>What the last cuTensorMapEncodeTiled was given.</summary>
    public static string TensorMapArguments { get; private set; } = "";

    /// <summary>The entry of every module; null for whatever is asked for.</summary>
    public static string? Entry { get; set; }

    /// <summary>What a launch does, if anything: device memory is that of this process.</summary>
    public static Action<StandInLaunch>? OnLaunch { get; set; }

    public static int Version { get; set; }

    public static int Devices { get; set; }

    public static (int Major, int Minor) ComputeCapability { get; set; }

    /// <summary>Whether machine code is not what this driver takes.</summary>
    public static bool RejectsCubins { get; set; }

    public static bool LinkerWorks { get; set; }

    private static (string Name, nint Function)[] Exports() =>
    [
        ("cuInit", (nint)(delegate* unmanaged<uint, int>)&cuInit),
        ("cuDriverGetVersion", (nint)(delegate* unmanaged<int*, int>)&cuDriverGetVersion),
        ("cuGetErrorName", (nint)(delegate* unmanaged<int, byte**, int>)&cuGetErrorName),
        ("cuGetErrorString", (nint)(delegate* unmanaged<int, byte**, int>)&cuGetErrorString),
        ("cuDeviceGetCount", (nint)(delegate* unmanaged<int*, int>)&cuDeviceGetCount),
        ("cuDeviceGet", (nint)(delegate* unmanaged<int*, int, int>)&cuDeviceGet),
        ("cuDeviceGetName", (nint)(delegate* unmanaged<byte*, int, int, int>)&cuDeviceGetName),
        ("cuDeviceGetAttribute", (nint)(delegate* unmanaged<int*, int, int, int>)&cuDeviceGetAttribute),
        ("cuDeviceTotalMem_v2", (nint)(delegate* unmanaged<ulong*, int, int>)&cuDeviceTotalMem),
        ("cuDevicePrimaryCtxRetain", (nint)(delegate* unmanaged<nint*, int, int>)&cuDevicePrimaryCtxRetain),
        ("cuDevicePrimaryCtxRelease_v2", (nint)(delegate* unmanaged<int, int>)&cuDevicePrimaryCtxRelease),
        ("cuCtxSetCurrent", (nint)(delegate* unmanaged<nint, int>)&cuCtxSetCurrent),
        ("cuCtxSynchronize", (nint)(delegate* unmanaged<int>)&cuCtxSynchronize),
        ("cuMemGetInfo_v2", (nint)(delegate* unmanaged<ulong*, ulong*, int>)&cuMemGetInfo),
        ("cuMemAlloc_v2", (nint)(delegate* unmanaged<ulong*, ulong, int>)&cuMemAlloc),
        ("cuMemFree_v2", (nint)(delegate* unmanaged<ulong, int>)&cuMemFree),
        ("cuMemHostAlloc", (nint)(delegate* unmanaged<void**, ulong, uint, int>)&cuMemHostAlloc),
        ("cuMemFreeHost", (nint)(delegate* unmanaged<void*, int>)&cuMemFreeHost),
        ("cuMemcpyHtoDAsync_v2", (nint)(delegate* unmanaged<ulong, void*, ulong, nint, int>)&cuMemcpyHtoDAsync),
        ("cuMemcpyDtoHAsync_v2", (nint)(delegate* unmanaged<void*, ulong, ulong, nint, int>)&cuMemcpyDtoHAsync),
        ("cuMemcpyDtoDAsync_v2", (nint)(delegate* unmanaged<ulong, ulong, ulong, nint, int>)&cuMemcpyDtoDAsync),
        ("cuMemsetD8Async", (nint)(delegate* unmanaged<ulong, byte, ulong, nint, int>)&cuMemsetD8Async),
        ("cuStreamCreate", (nint)(delegate* unmanaged<nint*, uint, int>)&cuStreamCreate),
        ("cuStreamDestroy_v2", (nint)(delegate* unmanaged<nint, int>)&cuStreamDestroy),
        ("cuStreamSynchronize", (nint)(delegate* unmanaged<nint, int>)&cuStreamSynchronize),
        ("cuStreamWaitEvent", (nint)(delegate* unmanaged<nint, nint, uint, int>)&cuStreamWaitEvent),
        ("cuStreamBeginCapture_v2", (nint)(delegate* unmanaged<nint, int, int>)&cuStreamBeginCapture),
        ("cuStreamEndCapture", (nint)(delegate* unmanaged<nint, nint*, int>)&cuStreamEndCapture),
        ("cuEventCreate", (nint)(delegate* unmanaged<nint*, uint, int>)&cuEventCreate),
        ("cuEventDestroy_v2", (nint)(delegate* unmanaged<nint, int>)&cuEventDestroy),
        ("cuEventRecord", (nint)(delegate* unmanaged<nint, nint, int>)&cuEventRecord),
        ("cuEventSynchronize", (nint)(delegate* unmanaged<nint, int>)&cuEventSynchronize),
        ("cuEventElapsedTime", (nint)(delegate* unmanaged<float*, nint, nint, int>)&cuEventElapsedTime),
        ("cuModuleLoadDataEx", (nint)(delegate* unmanaged<nint*, byte*, uint, int*, nint*, int>)&cuModuleLoadDataEx),
        ("cuModuleUnload", (nint)(delegate* unmanaged<nint, int>)&cuModuleUnload),
        ("cuModuleGetFunction", (nint)(delegate* unmanaged<nint*, nint, byte*, int>)&cuModuleGetFunction),
        ("cuModuleGetGlobal_v2", (nint)(delegate* unmanaged<ulong*, ulong*, nint, byte*, int>)&cuModuleGetGlobal),
        ("cuLinkCreate_v2", (nint)(delegate* unmanaged<uint, int*, nint*, nint*, int>)&cuLinkCreate),
        ("cuLinkAddData_v2",
            (nint)(delegate* unmanaged<nint, int, byte*, ulong, byte*, uint, int*, nint*, int>)&cuLinkAddData),
        ("cuLinkComplete", (nint)(delegate* unmanaged<nint, byte**, ulong*, int>)&cuLinkComplete),
        ("cuLinkDestroy", (nint)(delegate* unmanaged<nint, int>)&cuLinkDestroy),
        ("cuFuncGetAttribute", (nint)(delegate* unmanaged<int*, int, nint, int>)&cuFuncGetAttribute),
        ("cuFuncSetAttribute", (nint)(delegate* unmanaged<nint, int, int, int>)&cuFuncSetAttribute),
        ("cuLaunchKernelEx", (nint)(delegate* unmanaged<byte*, nint, void**, nint*, int>)&cuLaunchKernelEx),
        ("cuOccupancyMaxActiveBlocksPerMultiprocessor",
            (nint)(delegate* unmanaged<int*, nint, int, ulong, int>)&cuOccupancyMaxActiveBlocksPerMultiprocessor),
        ("cuGraphInstantiateWithFlags",
            (nint)(delegate* unmanaged<nint*, nint, ulong, int>)&cuGraphInstantiateWithFlags),
        ("cuGraphLaunch", (nint)(delegate* unmanaged<nint, nint, int>)&cuGraphLaunch),
        ("cuGraphExecDestroy", (nint)(delegate* unmanaged<nint, int>)&cuGraphExecDestroy),
        ("cuGraphDestroy", (nint)(delegate* unmanaged<nint, int>)&cuGraphDestroy),
        ("cuTensorMapEncodeTiled",
            (nint)(delegate* unmanaged<byte*, int, uint, ulong, ulong*, ulong*, uint*, uint*, int, int, int, int, int>)
            &cuTensorMapEncodeTiled),
    ];

    [UnmanagedCallersOnly]
    private static int cuInit(uint flags) => Enter(needsContext: false) + (int)flags;

    [UnmanagedCallersOnly]
    private static int cuDriverGetVersion(int* version)
    {
        *version = Version;
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuGetErrorName(int error, byte** text)
    {
        *text = Permanent(error switch
        {
            OutOfMemory => "CUDA_ERROR_OUT_OF_MEMORY",
            InvalidPtx => "CUDA_ERROR_INVALID_PTX",
            IllegalAddress => "CUDA_ERROR_ILLEGAL_ADDRESS",
            NotFound => "CUDA_ERROR_NOT_FOUND",
            _ => $"CUDA_ERROR_{error}",
        });
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int cuGetErrorString(int error, byte** text)
    {
        *text = Permanent($"sentence {error}");
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceGetCount(int* count)
    {
        *count = Devices;
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceGet(int* device, int ordinal)
    {
        *device = ordinal + 7;
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceGetName(byte* name, int capacity, int device)
    {
        Encoding.UTF8.GetBytes($"Stand-in {device}\0").CopyTo(new Span<byte>(name, capacity));
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceGetAttribute(int* value, int attribute, int device)
    {
        *value = attribute switch
        {
            75 => ComputeCapability.Major,
            76 => ComputeCapability.Minor,
            _ => (attribute * 1000) + device,
        };
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuDeviceTotalMem(ulong* bytes, int device)
    {
        *bytes = 80UL << 30;
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuDevicePrimaryCtxRetain(nint* context, int device)
    {
        *context = ContextHandle;
        return Enter(needsContext: false);
    }

    [UnmanagedCallersOnly]
    private static int cuDevicePrimaryCtxRelease(int device) => Enter(needsContext: false);

    [UnmanagedCallersOnly]
    private static int cuCtxSetCurrent(nint context)
    {
        _current = context;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int cuCtxSynchronize() => Enter();

    [UnmanagedCallersOnly]
    private static int cuMemGetInfo(ulong* free, ulong* total)
    {
        *free = 3_000_000_000;
        *total = 80UL << 30;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuMemAlloc(ulong* address, ulong bytes)
    {
        int result = Enter();
        if (result == 0)
            *address = (ulong)NativeMemory.AlignedAlloc((nuint)bytes, 256);
        return result;
    }

    [UnmanagedCallersOnly]
    private static int cuMemFree(ulong address)
    {
        NativeMemory.AlignedFree((void*)address);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuMemHostAlloc(void** pointer, ulong bytes, uint flags)
    {
        *pointer = NativeMemory.Alloc((nuint)bytes);
        return Enter() + (int)flags;
    }

    [UnmanagedCallersOnly]
    private static int cuMemFreeHost(void* pointer)
    {
        NativeMemory.Free(pointer);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuMemcpyHtoDAsync(ulong destination, void* source, ulong bytes, nint stream)
    {
        NativeMemory.Copy(source, (void*)destination, (nuint)bytes);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuMemcpyDtoHAsync(void* destination, ulong source, ulong bytes, nint stream)
    {
        NativeMemory.Copy((void*)source, destination, (nuint)bytes);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuMemcpyDtoDAsync(ulong destination, ulong source, ulong bytes, nint stream)
    {
        NativeMemory.Copy((void*)source, (void*)destination, (nuint)bytes);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuMemsetD8Async(ulong address, byte value, ulong count, nint stream)
    {
        NativeMemory.Fill((void*)address, (nuint)count, value);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuStreamCreate(nint* stream, uint flags)
    {
        *stream = _nextHandle++;
        // Without the flag, every launch would wait for the legacy stream.
        return flags == 1 ? Enter() : InvalidImage;
    }

    [UnmanagedCallersOnly]
    private static int cuStreamDestroy(nint stream) => Enter();

    [UnmanagedCallersOnly]
    private static int cuStreamSynchronize(nint stream) => Enter();

    [UnmanagedCallersOnly]
    private static int cuStreamWaitEvent(nint stream, nint @event, uint flags) => Enter() + (int)flags;

    [UnmanagedCallersOnly]
    private static int cuStreamBeginCapture(nint stream, int mode) => mode == 1 ? Enter() : InvalidImage;

    [UnmanagedCallersOnly]
    private static int cuStreamEndCapture(nint stream, nint* graph)
    {
        *graph = GraphHandle;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuEventCreate(nint* @event, uint flags)
    {
        *@event = _nextHandle++;
        return Enter() + (int)flags;
    }

    [UnmanagedCallersOnly]
    private static int cuEventDestroy(nint @event) => Enter();

    [UnmanagedCallersOnly]
    private static int cuEventRecord(nint @event, nint stream) => Enter();

    [UnmanagedCallersOnly]
    private static int cuEventSynchronize(nint @event) => Enter();

    [UnmanagedCallersOnly]
    private static int cuEventElapsedTime(float* milliseconds, nint start, nint end)
    {
        *milliseconds = end - start;
        return Enter();
    }
}
