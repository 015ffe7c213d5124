using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>A launch of PTX on the emulator: buffers whose addresses are the kernel's arguments.</summary>
internal static class EmulatedRun
{
    /// <summary>Runs all threads; the buffers hold what they wrote.</summary>
    public static void Launch(CompiledKernel kernel, byte[][] buffers, int blocks)
    {
        using EmulatedMemory memory = new();
        using EmulatedModule module = new(PtxModule.Parse(kernel.Ptx), memory);
        ulong[] addresses = [.. buffers.Select(buffer => memory.Allocate(buffer.Length))];
        for (int i = 0; i < buffers.Length; i++)
            memory.Write(addresses[i], buffers[i]);
        module.Launch(
            kernel.Name,
            new Dim3(blocks),
            new Dim3(kernel.BlockThreads),
            kernel.DynamicSharedBytes,
            MemoryMarshal.AsBytes<ulong>(addresses),
            EmulatorMode.Run,
            workers: 1,
            CancellationToken.None);
        for (int i = 0; i < buffers.Length; i++)
            memory.Read(addresses[i], buffers[i]);
    }
}
