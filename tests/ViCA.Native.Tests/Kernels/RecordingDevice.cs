using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Memory, and the names of the kernels that it was asked to launch; it runs none of them.</summary>
internal sealed unsafe class RecordingDevice : GpuDevice
{
    public HashSet<string> Kernels { get; } = [];

    public override string Name => "recorder";

    public override GpuTarget Target => GpuTarget.Sm80;

    public override void CopyToDevice(ReadOnlySpan<byte> source, ulong destination) =>
        source.CopyTo(new Span<byte>((void*)destination, source.Length));

    public override void CopyToHost(ulong source, Span<byte> destination) =>
        new ReadOnlySpan<byte>((void*)source, destination.Length).CopyTo(destination);

    public override void CopyOnDevice(ulong source, ulong destination, long bytes) =>
        Buffer.MemoryCopy((void*)source, (void*)destination, bytes, bytes);

    public override void Synchronize()
    {
    }

    public override void Dispose()
    {
    }

    protected override ulong AllocateBytes(long bytes) => (ulong)NativeMemory.AlignedAlloc((nuint)bytes, 256);

    protected override void LaunchKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments) =>
        Kernels.Add(KernelCatalog.NameOf(kernel));

    protected override KernelProfile ProfileKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments) =>
        throw new NotSupportedException();

    internal override void Free(ulong address) => NativeMemory.AlignedFree((void*)address);
}
