using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>ld</c> from memory (PTX ISA 9.7.9.8).</summary>
/// <param name="destinations">One register per element; none for <c>_</c>.</param>
/// <param name="elementBytes">1, 2, 4, 8 or 16.</param>
/// <param name="isSigned">Whether narrow elements are extended with their sign.</param>
internal sealed unsafe class LoadInstruction(Slot[] destinations, int elementBytes, bool isSigned) : MemoryInstruction
{
    private readonly bool _isPlain32 = destinations is [{ Size: 4 }] && elementBytes == 4;
    private readonly bool _isPlain64 = destinations is [{ Size: 8 }] && elementBytes == 8;

    public override bool IsWrite => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        Pattern pattern = mask == Lanes.All ? Recognise(warp, out byte* first) : Scattered(out first);
        if (pattern == Pattern.Uniform)
            LoadUniform(warp.Frame, first);
        else if (pattern == Pattern.Contiguous)
            LoadContiguous(warp.Frame, first);
        else
            LoadScattered(warp, mask);
        if (Acquires)
            Interlocked.MemoryBarrier();
    }

    private static Pattern Scattered(out byte* first)
    {
        first = null;
        return Pattern.Scattered;
    }

    private void LoadUniform(byte* frame, byte* source)
    {
        foreach (Slot destination in destinations)
        {
            if (destination.Size == 16)
                Fill128(frame, destination, (UInt128*)source);
            else if (!destination.IsNone)
                Lanes.Fill(frame, destination, ReadElement(source));
            source += elementBytes;
        }
    }

    private static void Fill128(byte* frame, Slot destination, UInt128* source) =>
        new Span<UInt128>(frame + destination.Offset, Lanes.Count).Fill(*source);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadContiguous(byte* frame, byte* source)
    {
        if (_isPlain32)
        {
            byte* to = frame + destinations[0].Offset;
            for (int i = 0; i < 128; i += 32)
                Vector256.Load(source + i).Store(to + i);
        }
        else if (_isPlain64)
        {
            byte* to = frame + destinations[0].Offset;
            for (int i = 0; i < 256; i += 32)
                Vector256.Load(source + i).Store(to + i);
        }
        else
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
                LoadLane(frame, lane, source + (lane * BytesPerLane));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadScattered(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        ulong* addresses = warp.Scratch;
        Addresses(frame, addresses);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            byte* source = Resolve(warp, lane, addresses[lane]);
            if (_isPlain32)
                ((uint*)(frame + destinations[0].Offset))[lane] = *(uint*)source;
            else
                LoadLane(frame, lane, source);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadLane(byte* frame, int lane, byte* source)
    {
        foreach (Slot destination in destinations)
        {
            if (destination.Size == 16)
                ((UInt128*)(frame + destination.Offset))[lane] = *(UInt128*)source;
            else if (elementBytes == 4 && destination.Size == 4)
                ((uint*)(frame + destination.Offset))[lane] = *(uint*)source;
            else if (!destination.IsNone)
                Lanes.Write(frame, destination, lane, ReadElement(source));
            source += elementBytes;
        }
    }

    private ulong ReadElement(byte* source) => elementBytes switch
    {
        1 => isSigned ? (ulong)*(sbyte*)source : *source,
        2 => isSigned ? (ulong)*(short*)source : *(ushort*)source,
        4 => isSigned ? (ulong)*(int*)source : *(uint*)source,
        _ => *(ulong*)source,
    };
}
