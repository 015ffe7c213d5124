using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// The functions of the CUDA driver API that this project calls, under the names that cuda.h of CUDA 12 gives them.
/// <see cref="CudaLibrary.TryLoad(out string)"/> comes before the first call; each result goes through
/// <see cref="CudaCheck"/>. A handle that is given as itself cannot be freed during the call.
/// Source: CUDA Driver API reference manual, 12.4.
/// </summary>
internal static unsafe partial class CudaDriver
{
    internal const string Library = "libcuda.so.1";

    [LibraryImport(Library)]
    internal static partial int cuInit(uint flags);

    [LibraryImport(Library)]
    internal static partial int cuDriverGetVersion(int* version);

    [LibraryImport(Library)]
    internal static partial int cuGetErrorName(int error, byte** text);

    [LibraryImport(Library)]
    internal static partial int cuGetErrorString(int error, byte** text);

    [LibraryImport(Library)]
    internal static partial int cuDeviceGetCount(int* count);

    [LibraryImport(Library)]
    internal static partial int cuDeviceGet(int* device, int ordinal);

    [LibraryImport(Library)]
    internal static partial int cuDeviceGetName(byte* name, int capacity, int device);

    [LibraryImport(Library)]
    internal static partial int cuDeviceGetAttribute(int* value, DeviceAttribute attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    internal static partial int cuDeviceTotalMem(nuint* bytes, int device);

    [LibraryImport(Library)]
    internal static partial int cuDevicePrimaryCtxRetain(nint* context, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    internal static partial int cuDevicePrimaryCtxRelease(int device);

    [LibraryImport(Library)]
    internal static partial int cuCtxSetCurrent(PrimaryContext context);

    [LibraryImport(Library)]
    internal static partial int cuCtxSynchronize();

    [LibraryImport(Library, EntryPoint = "cuMemGetInfo_v2")]
    internal static partial int cuMemGetInfo(nuint* free, nuint* total);

    [LibraryImport(Library, EntryPoint = "cuMemAlloc_v2")]
    internal static partial int cuMemAlloc(ulong* address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemFree_v2")]
    internal static partial int cuMemFree(ulong address);

    [LibraryImport(Library)]
    internal static partial int cuMemHostAlloc(void** pointer, nuint bytes, uint flags);

    [LibraryImport(Library)]
    internal static partial int cuMemFreeHost(void* pointer);

    [LibraryImport(Library, EntryPoint = "cuMemcpyHtoDAsync_v2")]
    internal static partial int cuMemcpyHtoDAsync(ulong destination, void* source, nuint bytes, CudaStream stream);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoHAsync_v2")]
    internal static partial int cuMemcpyDtoHAsync(void* destination, ulong source, nuint bytes, CudaStream stream);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoDAsync_v2")]
    internal static partial int cuMemcpyDtoDAsync(ulong destination, ulong source, nuint bytes, CudaStream stream);

    [LibraryImport(Library)]
    internal static partial int cuMemsetD8Async(ulong address, byte value, nuint count, CudaStream stream);

    [LibraryImport(Library)]
    internal static partial int cuStreamCreate(nint* stream, uint flags);

    [LibraryImport(Library, EntryPoint = "cuStreamDestroy_v2")]
    internal static partial int cuStreamDestroy(nint stream);

    [LibraryImport(Library)]
    internal static partial int cuStreamSynchronize(CudaStream stream);

    [LibraryImport(Library)]
    internal static partial int cuStreamWaitEvent(CudaStream stream, CudaEvent @event, uint flags);

    [LibraryImport(Library, EntryPoint = "cuStreamBeginCapture_v2")]
    internal static partial int cuStreamBeginCapture(CudaStream stream, int mode);

    [LibraryImport(Library)]
    internal static partial int cuStreamEndCapture(CudaStream stream, nint* graph);

    [LibraryImport(Library)]
    internal static partial int cuEventCreate(nint* @event, uint flags);

    [LibraryImport(Library, EntryPoint = "cuEventDestroy_v2")]
    internal static partial int cuEventDestroy(nint @event);

    [LibraryImport(Library)]
    internal static partial int cuEventRecord(CudaEvent @event, CudaStream stream);

    [LibraryImport(Library)]
    internal static partial int cuEventSynchronize(CudaEvent @event);

    [LibraryImport(Library)]
    internal static partial int cuEventElapsedTime(float* milliseconds, CudaEvent start, CudaEvent end);

    [LibraryImport(Library)]
    internal static partial int cuModuleLoadDataEx(
        nint* module, void* image, uint optionCount, JitOption* options, nint* values);

    [LibraryImport(Library)]
    internal static partial int cuModuleUnload(nint module);

    [LibraryImport(Library)]
    internal static partial int cuModuleGetFunction(nint* function, CudaModule module, byte* name);

    [LibraryImport(Library, EntryPoint = "cuModuleGetGlobal_v2")]
    internal static partial int cuModuleGetGlobal(ulong* address, nuint* bytes, CudaModule module, byte* name);

    [LibraryImport(Library, EntryPoint = "cuLinkCreate_v2")]
    internal static partial int cuLinkCreate(uint optionCount, JitOption* options, nint* values, nint* state);

    [LibraryImport(Library, EntryPoint = "cuLinkAddData_v2")]
    internal static partial int cuLinkAddData(
        nint state,
        JitInput type,
        void* data,
        nuint bytes,
        byte* name,
        uint optionCount,
        JitOption* options,
        nint* values);

    /// <summary>The cubin belongs to the state and goes with it.</summary>
    [LibraryImport(Library)]
    internal static partial int cuLinkComplete(nint state, void** cubin, nuint* bytes);

    [LibraryImport(Library)]
    internal static partial int cuLinkDestroy(nint state);

    [LibraryImport(Library)]
    internal static partial int cuFuncGetAttribute(int* value, FunctionAttribute attribute, nint function);

    [LibraryImport(Library)]
    internal static partial int cuFuncSetAttribute(nint function, FunctionAttribute attribute, int value);

    [LibraryImport(Library)]
    internal static partial int cuLaunchKernelEx(
        LaunchConfiguration* configuration, nint function, void** parameters, void** extra);

    [LibraryImport(Library)]
    internal static partial int cuOccupancyMaxActiveBlocksPerMultiprocessor(
        int* blocks, nint function, int blockThreads, nuint dynamicSharedBytes);

    [LibraryImport(Library)]
    internal static partial int cuGraphInstantiateWithFlags(nint* executable, nint graph, ulong flags);

    [LibraryImport(Library)]
    internal static partial int cuGraphLaunch(CudaGraph executable, CudaStream stream);

    [LibraryImport(Library)]
    internal static partial int cuGraphExecDestroy(nint executable);

    [LibraryImport(Library)]
    internal static partial int cuGraphDestroy(nint graph);

    [LibraryImport(Library)]
    internal static partial int cuTensorMapEncodeTiled(
        void* map,
        TensorMapElement type,
        uint rank,
        ulong address,
        ulong* dimensions,
        ulong* strides,
        uint* box,
        uint* elementStrides,
        TensorMapInterleave interleave,
        TensorMapSwizzle swizzle,
        TensorMapPromotion promotion,
        TensorMapFill fill);
}
