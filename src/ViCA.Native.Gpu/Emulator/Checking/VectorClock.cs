namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// What has happened before a point of one warp: of every warp that it has heard of, how far. Warps of blocks that
/// never synchronise take no room.
/// </summary>
internal sealed class VectorClock
{
    private readonly Dictionary<int, uint[]> _blocks = [];

    private readonly int _warpsPerBlock;

    /// <summary>The block that was asked for last, nearly always the warp's own, and its times.</summary>
    private int _lastBlock = -1;

    private uint[] _lastTimes = [];

    public VectorClock(int warpsPerBlock)
    {
        _warpsPerBlock = warpsPerBlock;
    }

    /// <summary>The time of a warp up to which all has happened before; 0 when nothing is known.</summary>
    public uint this[int block, int warp] => block == _lastBlock || TrySelect(block) ? _lastTimes[warp] : 0;

    /// <summary>Moves a warp's own time on: what follows is not yet known to others.</summary>
    public void Advance(int block, int warp) => Times(block)[warp]++;

    /// <summary>Takes over all that another clock knows.</summary>
    public void Join(VectorClock other)
    {
        foreach ((int block, uint[] theirs) in other._blocks)
        {
            uint[] ours = Times(block);
            for (int i = 0; i < ours.Length; i++)
                ours[i] = Math.Max(ours[i], theirs[i]);
        }
    }

    public VectorClock Copy()
    {
        VectorClock copy = new(_warpsPerBlock);
        copy.Join(this);
        return copy;
    }

    private bool TrySelect(int block)
    {
        if (!_blocks.TryGetValue(block, out uint[]? times))
            return false;
        _lastBlock = block;
        _lastTimes = times;
        return true;
    }

    private uint[] Times(int block)
    {
        if (!_blocks.TryGetValue(block, out uint[]? times))
            _blocks[block] = times = new uint[_warpsPerBlock];
        return times;
    }
}
