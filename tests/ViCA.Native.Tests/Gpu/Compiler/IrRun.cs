using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>A launch of IR: buffers whose addresses are the kernel's arguments.</summary>
internal static class IrRun
{
    private const int Alignment = 16;

    /// <summary>Runs all threads; the buffers hold what they wrote.</summary>
    public static void Launch(IrFunction function, byte[][] buffers, int blocks, int threads)
    {
        ulong[] addresses = new ulong[buffers.Length];
        int bytes = 0;
        for (int i = 0; i < buffers.Length; i++)
        {
            addresses[i] = IrInterpreter.MemoryStart + (ulong)bytes;
            bytes += (buffers[i].Length + Alignment - 1) / Alignment * Alignment;
        }

        byte[] memory = new byte[bytes];
        for (int i = 0; i < buffers.Length; i++)
            buffers[i].CopyTo(memory, (int)(addresses[i] - IrInterpreter.MemoryStart));
        IrInterpreter interpreter = new(function, MemoryMarshal.AsBytes<ulong>(addresses).ToArray(), memory);
        for (int block = 0; block < blocks; block++)
        {
            for (int thread = 0; thread < threads; thread++)
                interpreter.Run(thread, block);
        }

        for (int i = 0; i < buffers.Length; i++)
            memory.AsSpan((int)(addresses[i] - IrInterpreter.MemoryStart), buffers[i].Length).CopyTo(buffers[i]);
    }
}
