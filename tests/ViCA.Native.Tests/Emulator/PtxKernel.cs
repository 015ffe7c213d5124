using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator;

/// <summary>
/// A small kernel around a few instructions: <c>%r0</c> is the thread's number in the grid, <c>%r1</c> its input word,
/// <c>%rd2</c> and <c>%rd3</c> the addresses of its input and output word; <c>%r2</c> is written to the output.
/// </summary>
internal static class PtxKernel
{
    /// <summary>Runs the kernel; the output, one word per thread.</summary>
    public static uint[] Run(
        string body,
        uint[]? input = null,
        int blocks = 1,
        int threads = 32,
        string declarations = "",
        int workers = 2)
    {
        using EmulatedMemory memory = new();
        using EmulatedModule module = new(PtxModule.Parse(Text(body, declarations)), memory);
        int count = blocks * threads;
        uint[] source = new uint[count];
        input?.CopyTo(source, 0);
        ulong inputAddress = memory.Allocate(count * sizeof(uint));
        ulong outputAddress = memory.Allocate(count * sizeof(uint));
        memory.Write(inputAddress, MemoryMarshal.AsBytes<uint>(source));
        memory.Write(outputAddress, new byte[count * sizeof(uint)]);
        ulong[] parameters = [inputAddress, outputAddress];
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        module.Launch("k", blocks, threads, 0, MemoryMarshal.AsBytes<ulong>(parameters), EmulatorMode.Run, workers,
            limit.Token);
        uint[] output = new uint[count];
        memory.Read(outputAddress, MemoryMarshal.AsBytes(output.AsSpan()));
        return output;
    }

    /// <summary>The finding that the kernel ends with.</summary>
    public static EmulatorFinding Fault(string body, int threads = 32, string declarations = "", uint[]? input = null) =>
        Assert.Throws<EmulatorException>(() => Run(body, input, 1, threads, declarations)).Finding;

    public static string Text(string body, string declarations = "") => $$"""
        .version 8.0
        .target sm_90a
        .address_size 64
        {{declarations}}
        .visible .entry k(.param .u64 input, .param .u64 output)
        {
            .reg .pred %p<10>;
            .reg .b16 %h<10>;
            .reg .b32 %r<20>;
            .reg .f32 %f<20>;
            .reg .b64 %rd<20>;
            .reg .f64 %fd<10>;
            ld.param.u64 %rd0, [input];
            ld.param.u64 %rd1, [output];
            mov.u32 %r0, %tid.x;
            mov.u32 %r18, %ctaid.x;
            mov.u32 %r19, %ntid.x;
            mad.lo.u32 %r0, %r18, %r19, %r0;
            mad.wide.u32 %rd2, %r0, 4, %rd0;
            mad.wide.u32 %rd3, %r0, 4, %rd1;
            ld.global.u32 %r1, [%rd2];
            mov.u32 %r2, 0;
            {{body}}
            st.global.u32 [%rd3], %r2;
            ret;
        }
        """;
}
