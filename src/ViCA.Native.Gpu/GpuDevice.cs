using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu;

/// <summary>
/// Something that runs kernels: a CUDA GPU, or the emulator. Launches run in the order of the calls; copies wait for
/// them. Not thread-safe.
/// </summary>
public abstract class GpuDevice : IDisposable
{
    /// <summary>What the device calls itself.</summary>
    public abstract string Name { get; }

    /// <summary>The target that its PTX is made for.</summary>
    public abstract GpuTarget Target { get; }

    /// <summary>When it is set, every launch runs as <see cref="Profile"/> does, and what it cost goes here.</summary>
    public Action<KernelProfile>? Profiled { get; set; }

    /// <summary>Memory of <paramref name="bytes"/> bytes on the device.</summary>
    /// <exception cref="ResourceException">It does not fit (<c>resource_gpu_memory</c>).</exception>
    public GpuBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new GpuBuffer(this, AllocateBytes(bytes), bytes);
    }

    /// <summary>A buffer that holds a copy of <paramref name="values"/>.</summary>
    public GpuBuffer Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        GpuBuffer buffer = Allocate((long)values.Length * Unsafe.SizeOf<T>());
        CopyToDevice(MemoryMarshal.AsBytes(values), buffer.Address);
        return buffer;
    }

    /// <summary>Copies host bytes to device address <paramref name="destination"/>.</summary>
    public abstract void CopyToDevice(ReadOnlySpan<byte> source, ulong destination);

    /// <summary>Copies from device address <paramref name="source"/> to the host, after all launches before it.</summary>
    public abstract void CopyToHost(ulong source, Span<byte> destination);

    /// <summary>Copies within the device.</summary>
    public abstract void CopyOnDevice(ulong source, ulong destination, long bytes);

    /// <summary>
    /// Runs <paramref name="kernel"/> over <paramref name="grid"/> blocks of <paramref name="block"/> threads. It is
    /// compiled at the first launch of its type and kept.
    /// </summary>
    /// <exception cref="ArgumentException">The block is not the one that the kernel is made for.</exception>
    public void Launch<TKernel>(Dim3 grid, Dim3 block, in TKernel kernel)
        where TKernel : unmanaged, IKernel
    {
        if (Profiled is { } report)
        {
            report(Profile(grid, block, kernel));
            return;
        }

        Check(TKernel.BlockThreads, typeof(TKernel), grid, block);
        LaunchKernel(typeof(TKernel), grid, block, MemoryMarshal.AsBytes(new ReadOnlySpan<TKernel>(in kernel)));
    }

    /// <summary>Runs a kernel as <see cref="Launch"/> does, and says what it cost.</summary>
    /// <exception cref="ArgumentException">The block is not the one that the kernel is made for.</exception>
    public KernelProfile Profile<TKernel>(Dim3 grid, Dim3 block, in TKernel kernel)
        where TKernel : unmanaged, IKernel
    {
        Check(TKernel.BlockThreads, typeof(TKernel), grid, block);
        return ProfileKernel(typeof(TKernel), grid, block, MemoryMarshal.AsBytes(new ReadOnlySpan<TKernel>(in kernel)));
    }

    /// <summary>Waits for all launches.</summary>
    public abstract void Synchronize();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Device address of new memory of <paramref name="bytes"/> bytes.</summary>
    protected abstract ulong AllocateBytes(long bytes);

    /// <summary>Runs the kernel of type <paramref name="kernel"/> with its fields as they lie in <paramref name="arguments"/>.</summary>
    protected abstract void LaunchKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments);

    /// <summary>Runs the kernel and measures it.</summary>
    protected abstract KernelProfile ProfileKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments);

    internal abstract void Free(ulong address);

    private static void Check(int blockThreads, Type kernel, Dim3 grid, Dim3 block)
    {
        if (block.Count != blockThreads || block.X != blockThreads)
        {
            throw new ArgumentException(
                $"{KernelCatalog.NameOf(kernel)} is made for blocks of ({blockThreads}, 1, 1) threads (found {block})",
                nameof(block));
        }

        if (grid.X <= 0 || grid.Y <= 0 || grid.Z <= 0)
            throw new ArgumentException($"a grid has at least one block (found {grid})", nameof(grid));
    }
}
