using System.Runtime.InteropServices;
using System.Text;

namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>The functions about code: loading, linking, launching, graphs, tensor maps.</summary>
internal static unsafe partial class StandInDriver
{
    private const string CubinMark = "CUBIN of ";

    [UnmanagedCallersOnly]
    private static int cuModuleLoadDataEx(nint* module, byte* image, uint optionCount, int* options, nint* values)
    {
        int result = Enter();
        if (result != 0)
            return result;
        TakeJitOptions(optionCount, options, values);
        string text = Text(image);
        bool isCubin = text.StartsWith(CubinMark, StringComparison.Ordinal);
        if (isCubin && RejectsCubins)
            return InvalidImage;
        *module = ModuleHandle;
        return isCubin ? 0 : Compiled(text);
    }

    [UnmanagedCallersOnly]
    private static int cuModuleUnload(nint module) => Enter();

    [UnmanagedCallersOnly]
    private static int cuModuleGetFunction(nint* function, nint module, byte* name)
    {
        *function = FunctionHandle;
        int result = Enter();
        return result == 0 && Entry is not null && Text(name) != Entry ? NotFound : result;
    }

    [UnmanagedCallersOnly]
    private static int cuModuleGetGlobal(ulong* address, ulong* bytes, nint module, byte* name)
    {
        *address = 0x7_0000_0000;
        *bytes = (ulong)Text(name).Length;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuLinkCreate(uint optionCount, int* options, nint* values, nint* state)
    {
        TakeJitOptions(optionCount, options, values);
        *state = LinkHandle;
        return LinkerWorks ? Enter() : NotFound;
    }

    [UnmanagedCallersOnly]
    private static int cuLinkAddData(
        nint state, int type, byte* data, ulong bytes, byte* name, uint optionCount, int* options, nint* values)
    {
        int result = Enter();
        if (result != 0 || state != LinkHandle || type != 1 || data[bytes - 1] != 0)
            return result != 0 ? result : InvalidImage;
        _linkInput = new ReadOnlySpan<byte>(data, (int)bytes - 1).ToArray();
        return Compiled(Encoding.UTF8.GetString(_linkInput));
    }

    [UnmanagedCallersOnly]
    private static int cuLinkComplete(nint state, byte** cubin, ulong* bytes)
    {
        string text = CubinMark + Encoding.UTF8.GetString(_linkInput);
        *cubin = Permanent(text);
        *bytes = (ulong)Encoding.UTF8.GetByteCount(text) + 1;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuLinkDestroy(nint state) => Enter();

    [UnmanagedCallersOnly]
    private static int cuFuncGetAttribute(int* value, int attribute, nint function)
    {
        *value = attribute + 100;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuFuncSetAttribute(nint function, int attribute, int value)
    {
        Attributes[attribute] = value;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuLaunchKernelEx(byte* configuration, nint function, void** parameters, nint* extra)
    {
        uint* sizes = (uint*)configuration;
        byte* attributes = *(byte**)(configuration + 40);
        (int, uint, uint, uint)[] taken = new (int, uint, uint, uint)[*(uint*)(configuration + 48)];
        for (int i = 0; i < taken.Length; i++)
        {
            byte* attribute = attributes + (i * 72);
            uint* value = (uint*)(attribute + 8);
            taken[i] = (*(int*)attribute, value[0], value[1], value[2]);
        }

        // CU_LAUNCH_PARAM_BUFFER_POINTER, CU_LAUNCH_PARAM_BUFFER_SIZE, CU_LAUNCH_PARAM_END.
        byte[]? arguments = extra != null && parameters == null && extra[0] == 1 && extra[2] == 2 && extra[4] == 0
            ? new ReadOnlySpan<byte>((void*)extra[1], (int)*(ulong*)extra[3]).ToArray()
            : null;
        StandInLaunch launch = new(
            [sizes[0], sizes[1], sizes[2]],
            [sizes[3], sizes[4], sizes[5]],
            sizes[6],
            *(nint*)(configuration + 32),
            taken,
            function,
            arguments);
        Launches.Add(launch);
        OnLaunch?.Invoke(launch);
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuOccupancyMaxActiveBlocksPerMultiprocessor(
        int* blocks, nint function, int blockThreads, ulong dynamicSharedBytes)
    {
        *blocks = (2048 / blockThreads) + (int)dynamicSharedBytes;
        return Enter();
    }

    [UnmanagedCallersOnly]
    private static int cuGraphInstantiateWithFlags(nint* executable, nint graph, ulong flags)
    {
        *executable = GraphExecutableHandle;
        return graph == GraphHandle && flags == 0 ? Enter() : InvalidImage;
    }

    [UnmanagedCallersOnly]
    private static int cuGraphLaunch(nint executable, nint stream) =>
        executable == GraphExecutableHandle ? Enter() : InvalidImage;

    [UnmanagedCallersOnly]
    private static int cuGraphExecDestroy(nint executable) =>
        executable == GraphExecutableHandle ? Enter() : InvalidImage;

    [UnmanagedCallersOnly]
    private static int cuGraphDestroy(nint graph) => graph == GraphHandle ? Enter() : InvalidImage;

    [UnmanagedCallersOnly]
    private static int cuTensorMapEncodeTiled(
        byte* map,
        int type,
        uint rank,
        ulong address,
        ulong* dimensions,
        ulong* strides,
        uint* box,
        uint* elementStrides,
        int interleave,
        int swizzle,
        int promotion,
        int fill)
    {
        int dimensionCount = (int)rank;
        TensorMapArguments =
            $"type {type}, address {address:x}, "
            + $"dimensions {string.Join('x', new ReadOnlySpan<ulong>(dimensions, dimensionCount).ToArray())}, "
            + $"strides {string.Join('x', new ReadOnlySpan<ulong>(strides, dimensionCount - 1).ToArray())}, "
            + $"box {string.Join('x', new ReadOnlySpan<uint>(box, dimensionCount).ToArray())}, "
            + $"steps {string.Join('x', new ReadOnlySpan<uint>(elementStrides, dimensionCount).ToArray())}, "
            + $"interleave {interleave}, swizzle {swizzle}, promotion {promotion}, fill {fill}";
        for (int i = 0; i < 128; i++)
            map[i] = (byte)i;
        return (nint)map % 64 == 0 ? Enter(needsContext: false) : InvalidImage;
    }

    // As the driver does: the error log on failure, the other one otherwise.
    private static int Compiled(string ptx)
    {
        bool broken = ptx.Contains(BrokenPtxMarker, StringComparison.Ordinal);
        nint log = broken ? _errorLog : _infoLog;
        Encoding.UTF8.GetBytes((broken ? Complaint + "\n" : InfoText) + '\0').CopyTo(new Span<byte>((void*)log, 4096));
        return broken ? InvalidPtx : 0;
    }

    private static void TakeJitOptions(uint count, int* options, nint* values)
    {
        JitOptions.Clear();
        for (int i = 0; i < count; i++)
            JitOptions[options[i]] = values[i];
        _infoLog = JitOptions[3];
        _errorLog = JitOptions[5];
    }
}
