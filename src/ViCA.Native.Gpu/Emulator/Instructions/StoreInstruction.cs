using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>st</c> to memory (PTX ISA 9.7.9.11); where lanes store to one place, the highest one's value stays.</summary>
/// <param name="sources">One register per element.</param>
/// <param name="elementBytes">1, 2, 4, 8 or 16.</param>
internal sealed unsafe class StoreInstruction(Slot[] sources, int elementBytes) : MemoryInstruction
{
    /// <summary>Most that a lane can store at once.</summary>
    private const int MaximumBytes = 32;

    private readonly ElementTransfer[] _elements =
        [.. sources.Select(source => ElementTransfer.Create(elementBytes, isSigned: false, source.Size))];

    private readonly bool _isQuad = QuadTransfer.IsSupported && elementBytes == 4
        && sources is [{ Size: 4 }, { Size: 4 }, { Size: 4 }, { Size: 4 }];

    public override bool IsWrite => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        if (Releases)
            Interlocked.MemoryBarrier();
        if (mask != Lanes.All || !TryFindStep(warp, out byte* first, out long step))
            StoreElements(warp.Frame, ResolveAll(warp, mask), mask);
        else if (_isQuad)
            QuadTransfer.Store(warp.Frame, sources, first, step);
        else
            StoreStrided(warp.Frame, first, step);
    }

    /// <summary>
    /// After the store: a lane whose value is not in memory, because another lane has written another one there; null
    /// when there is none.
    /// </summary>
    public int? FindLostLane(Warp warp, uint mask)
    {
        byte** places = ResolveAll(warp, mask);
        if (AreAscending(places, mask))
            return null;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            if (!Holds(warp.Frame, lane, places[lane]))
                return lane;
        }
        return null;
    }

    /// <summary>True when each lane's place lies behind the one before: aligned places, so none is another's.</summary>
    private static bool AreAscending(byte** places, uint mask)
    {
        byte* before = null;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            byte* place = places[(int)uint.TrailingZeroCount(rest)];
            if (place <= before)
                return false;
            before = place;
        }
        return true;
    }

    private void StoreStrided(byte* frame, byte* first, long step)
    {
        for (int i = 0; i < _elements.Length; i++)
            _elements[i].Store(frame + sources[i].Offset, first + (i * elementBytes), step);
    }

    private void StoreElements(byte* frame, byte** places, uint mask)
    {
        for (int i = 0; i < _elements.Length; i++)
            _elements[i].Store(frame + sources[i].Offset, places, i * elementBytes, mask);
    }

    private bool Holds(byte* frame, int lane, byte* memory)
    {
        byte* own = stackalloc byte[MaximumBytes];
        byte** places = stackalloc byte*[Lanes.Count];
        places[lane] = own;
        StoreElements(frame, places, 1u << lane);
        return new ReadOnlySpan<byte>(own, BytesPerLane).SequenceEqual(new ReadOnlySpan<byte>(memory, BytesPerLane));
    }
}
