using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>st</c> to memory (PTX ISA 9.7.9.11).</summary>
/// <param name="sources">One register per element.</param>
/// <param name="elementBytes">1, 2, 4, 8 or 16.</param>
internal sealed unsafe class StoreInstruction(Slot[] sources, int elementBytes) : MemoryInstruction
{
    /// <summary>Most that a lane can store at once.</summary>
    private const int MaximumBytes = 32;

    private readonly bool _isPlain = sources is [{ Size: 4 or 8 }] && elementBytes == sources[0].Size;

    public override bool IsWrite => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        if (Releases)
            Interlocked.MemoryBarrier();
        if (mask == Lanes.All && Recognise(warp, out byte* first) == Pattern.Contiguous)
            StoreContiguous(warp.Frame, first);
        else
            StoreScattered(warp, mask);
    }

    /// <summary>
    /// After the store: a lane whose value is not in memory, because another lane has written another one there; null
    /// when there is none.
    /// </summary>
    public int? FindLostLane(Warp warp, uint mask)
    {
        ulong* addresses = warp.Scratch;
        Addresses(warp.Frame, addresses);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            if (!Holds(warp.Frame, lane, Resolve(warp, lane, addresses[lane])))
                return lane;
        }
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreContiguous(byte* frame, byte* destination)
    {
        if (_isPlain)
        {
            byte* from = frame + sources[0].Offset;
            for (int i = 0; i < Lanes.Count * elementBytes; i += 32)
                Vector256.Load(from + i).Store(destination + i);
            return;
        }
        for (int lane = 0; lane < Lanes.Count; lane++)
            StoreLane(frame, lane, destination + (lane * BytesPerLane));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreScattered(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        ulong* addresses = warp.Scratch;
        Addresses(frame, addresses);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            StoreLane(frame, lane, Resolve(warp, lane, addresses[lane]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreLane(byte* frame, int lane, byte* destination)
    {
        foreach (Slot source in sources)
        {
            if (elementBytes == 16)
                *(UInt128*)destination = ((UInt128*)(frame + source.Offset))[lane];
            else
                WriteElement(destination, Lanes.Read(frame, source, lane));
            destination += elementBytes;
        }
    }

    private bool Holds(byte* frame, int lane, byte* memory)
    {
        byte* own = stackalloc byte[MaximumBytes];
        StoreLane(frame, lane, own);
        return new ReadOnlySpan<byte>(own, BytesPerLane).SequenceEqual(new ReadOnlySpan<byte>(memory, BytesPerLane));
    }

    private void WriteElement(byte* destination, ulong value)
    {
        switch (elementBytes)
        {
            case 1:
                *destination = (byte)value;
                break;
            case 2:
                *(ushort*)destination = (ushort)value;
                break;
            case 4:
                *(uint*)destination = (uint)value;
                break;
            default:
                *(ulong*)destination = value;
                break;
        }
    }
}
