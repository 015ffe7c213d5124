using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Instructions;

/// <summary>
/// Runs a few instructions for one thread. They find a, b, c in %w1 to %w3, their low words in %r1 to %r3, their low
/// halves in %h1 to %h3, and leave the result in one of %w0, %r0, %h0, %p0.
/// </summary>
internal static class InstructionProbe
{
    private static readonly Dictionary<string, string> Widenings = new()
    {
        ["%w0"] = "mov.b64 %w4, %w0;",
        ["%r0"] = "cvt.u64.u32 %w4, %r0;",
        ["%h0"] = "cvt.u64.u16 %w4, %h0;",
        ["%p0"] = "selp.u64 %w4, 1, 0, %p0;",
    };

    /// <summary>The result, extended with zeros.</summary>
    public static ulong Run(string instructions, ulong a, ulong b, ulong c)
    {
        string widening = Widenings.Single(pair => instructions.Contains(pair.Key, StringComparison.Ordinal)).Value;
        PtxModule module = PtxModule.Parse($$"""
            .version 8.0
            .target sm_90
            .address_size 64
            .visible .entry probe(.param .u64 buffer)
            {
                .reg .pred %p<4>;
                .reg .b16 %h<4>;
                .reg .b32 %r<4>;
                .reg .b64 %w<6>;
                ld.param.u64 %w5, [buffer];
                ld.global.u64 %w1, [%w5];
                ld.global.u64 %w2, [%w5+8];
                ld.global.u64 %w3, [%w5+16];
                cvt.u32.u64 %r1, %w1;
                cvt.u32.u64 %r2, %w2;
                cvt.u32.u64 %r3, %w3;
                cvt.u16.u64 %h1, %w1;
                cvt.u16.u64 %h2, %w2;
                cvt.u16.u64 %h3, %w3;
                {{instructions}};
                {{widening}}
                st.global.u64 [%w5+24], %w4;
                ret;
            }
            """);
        using EmulatedMemory memory = new();
        using EmulatedModule emulated = new(module, memory);
        ulong[] words = [a, b, c, 0];
        ulong address = memory.Allocate(words.Length * sizeof(ulong));
        memory.Write(address, MemoryMarshal.AsBytes<ulong>(words));
        emulated.Launch(
            "probe", 1, 1, 0, BitConverter.GetBytes(address), EmulatorMode.Run, 1, CancellationToken.None);
        memory.Read(address, MemoryMarshal.AsBytes(words.AsSpan()));
        return words[3];
    }
}
