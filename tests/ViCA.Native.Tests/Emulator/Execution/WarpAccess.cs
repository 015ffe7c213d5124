using System.Globalization;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Execution;

/// <summary>
/// One <c>ld</c> or <c>st</c> by one warp of 32 lanes, emulated and by a plain model: bytes of memory, and up to four
/// registers of 64 bits per lane, [lane, element].
/// </summary>
/// <param name="Space">global, shared or local (a copy of the memory for each lane).</param>
/// <param name="Type">Of the elements, such as s16.</param>
/// <param name="Count">Elements per lane: 1, 2 or 4.</param>
/// <param name="IsWide">64-bit registers, else 32-bit ones.</param>
/// <param name="IsStore">Else a load.</param>
internal sealed record WarpAccess(string Space, string Type, int Count, bool IsWide, bool IsStore)
{
    public const int Lanes = 32;
    public const int MemoryBytes = 2048;
    private const int Elements = 4;

    public int ElementBytes => int.Parse(Type.AsSpan(1), CultureInfo.InvariantCulture) / 8;

    public int BytesPerLane => Count * ElementBytes;

    /// <summary>A kernel around the instruction.</summary>
    public PtxModule Parse() => PtxModule.Parse(Text());

    /// <summary>Runs the instruction; memory and registers change.</summary>
    /// <param name="module">Of the text of <see cref="Parse"/>.</param>
    /// <param name="device">The module's memory.</param>
    /// <param name="memory">What the instruction reads or writes.</param>
    /// <param name="registers">The lanes' registers, [lane, element].</param>
    /// <param name="offsets">Where each lane's data begins in the memory.</param>
    /// <param name="mask">The lanes that execute it.</param>
    public static void Emulate(
        EmulatedModule module,
        EmulatedMemory device,
        byte[] memory,
        ulong[] registers,
        ulong[] offsets,
        uint mask)
    {
        ulong[] parameters =
        [
            Upload<byte>(device, memory), Upload<ulong>(device, offsets), Upload<ulong>(device, registers), mask,
        ];
        module.Launch("k", 1, Lanes, 0, MemoryMarshal.AsBytes<ulong>(parameters), EmulatorMode.Run, 1, default);
        device.Read(parameters[0], memory);
        device.Read(parameters[2], MemoryMarshal.AsBytes(registers.AsSpan()));
        foreach (ulong address in parameters.AsSpan(0, 3))
            device.Free(address);
    }

    /// <summary>What the instruction means: lane by lane, the lowest first.</summary>
    public void Model(byte[] memory, ulong[] registers, ulong[] offsets, uint mask)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int i = 0; i < Count && (mask >> lane & 1) != 0; i++)
            {
                Span<byte> place = memory.AsSpan((int)offsets[lane] + (i * ElementBytes), ElementBytes);
                ref ulong register = ref registers[(lane * Elements) + i];
                if (IsStore)
                    BitConverter.GetBytes(register).AsSpan(0, ElementBytes).CopyTo(place);
                else
                    register = Extended(place);
            }
        }
    }

    private ulong Extended(ReadOnlySpan<byte> element)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Fill(Type[0] == 's' && element[^1] >= 0x80 ? (byte)0xff : (byte)0);
        element.CopyTo(bytes);
        ulong value = BitConverter.ToUInt64(bytes);
        return IsWide ? value : (uint)value;
    }

    private static ulong Upload<T>(EmulatedMemory device, T[] values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes<T>(values);
        ulong address = device.Allocate(bytes.Length);
        device.Write(address, bytes);
        return address;
    }

    private string Instruction()
    {
        string vector = Count == 1 ? "" : $".v{Count}";
        IEnumerable<string> names = Enumerable.Range(0, Count).Select(i => IsWide ? $"%w{i}" : $"%r{i}");
        string registers = Count == 1 ? names.First() : $"{{{string.Join(", ", names)}}}";
        return IsStore
            ? $"st.{Space}{vector}.{Type} [%rd5], {registers};"
            : $"ld.{Space}{vector}.{Type} {registers}, [%rd5];";
    }

    private string Text() => $$"""
        .version 8.0
        .target sm_90a
        .address_size 64
        .visible .entry k(.param .u64 memory, .param .u64 offsets, .param .u64 registers, .param .u64 mask)
        {
            .reg .pred %p<3>;
            .reg .b32 %r<9>;
            .reg .b64 %w<4>;
            .reg .b64 %rd<9>;
            .shared .align 16 .b8 shared_copy[{{MemoryBytes}}];
            .local .align 16 .b8 local_copy[{{MemoryBytes}}];
            ld.param.u64 %rd0, [memory];
            ld.param.u64 %rd1, [offsets];
            ld.param.u64 %rd2, [registers];
            ld.param.u32 %r6, [mask];
            mov.u32 %r8, %tid.x;
            mov.u64 %rd6, {{(Space == "global" ? "%rd0" : $"{Space}_copy")}};
            {{(Space == "global" ? "" : Copy("ld.global", "%rd0", $"st.{Space}", "%rd6"))}}
            mad.wide.u32 %rd3, %r8, 8, %rd1;
            ld.global.u64 %rd5, [%rd3];
            add.u64 %rd5, %rd5, %rd6;
            mad.wide.u32 %rd4, %r8, {{Elements * sizeof(ulong)}}, %rd2;
            {{string.Join('\n', Enumerable.Range(0, Elements).Select(i =>
                $"ld.global.u64 %w{i}, [%rd4+{8 * i}]; cvt.u32.u64 %r{i}, %w{i};"))}}
            shr.u32 %r6, %r6, %r8;
            and.b32 %r6, %r6, 1;
            setp.ne.u32 %p0, %r6, 0;
            @%p0 {{Instruction()}}
            {{string.Join('\n', Enumerable.Range(0, Elements).Select(i =>
                (IsWide ? "" : $"cvt.u64.u32 %w{i}, %r{i};") + $"st.global.u64 [%rd4+{8 * i}], %w{i};"))}}
            {{(Space == "shared" ? Copy("ld.shared", "%rd6", "st.global", "%rd0") : "")}}
            ret;
        }
        """;

    private static string Copy(string load, string from, string store, string to) => $"""
        mov.u32 %r4, 0;
        {store[3..]}_copying:
        cvt.u64.u32 %rd7, %r4;
        add.u64 %rd8, %rd7, {from};
        {load}.u32 %r5, [%rd8];
        add.u64 %rd8, %rd7, {to};
        {store}.u32 [%rd8], %r5;
        add.u32 %r4, %r4, 4;
        setp.lt.u32 %p1, %r4, {MemoryBytes};
        @%p1 bra {store[3..]}_copying;
        """;
}
