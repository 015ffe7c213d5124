namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>What a strong write published at its address.</summary>
/// <param name="Block">The block of the writer.</param>
/// <param name="All">What warps of that block may rely on.</param>
/// <param name="BeyondBlock">What other blocks may rely on; null when nothing.</param>
internal sealed record ReleasedClock(int Block, VectorClock All, VectorClock? BeyondBlock)
{
    /// <summary>Both: an atomic goes on with what the write before it published.</summary>
    public ReleasedClock With(ReleasedClock earlier)
    {
        VectorClock? beyond = Joined(BeyondBlock, earlier.BeyondBlock);
        if (earlier.Block != Block)
            return new ReleasedClock(Block, Joined(All, earlier.BeyondBlock)!, beyond);
        return new ReleasedClock(Block, Joined(All, earlier.All)!, beyond);
    }

    private static VectorClock? Joined(VectorClock? a, VectorClock? b)
    {
        if (a is null || b is null)
            return a ?? b;
        VectorClock joined = a.Copy();
        joined.Join(b);
        return joined;
    }
}
