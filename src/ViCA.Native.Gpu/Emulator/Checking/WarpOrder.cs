namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// What is ordered before a warp's next access, and what of it others may rely on. Fences work together with strong
/// accesses: a fence before a strong write releases, a fence after a strong read acquires (PTX ISA, release and acquire
/// patterns).
/// </summary>
internal sealed class WarpOrder
{
    private readonly VectorClock _clock;

    private VectorClock? _released;

    private VectorClock? _releasedBeyondBlock;

    private VectorClock? _seen;

    private VectorClock? _seenOfOthers;

    public WarpOrder(int block, int warp, int warpsPerBlock)
    {
        Block = block;
        Warp = warp;
        _clock = new VectorClock(warpsPerBlock);
        _clock.Advance(block, warp);
    }

    public int Block { get; }

    public int Warp { get; }

    /// <summary>The time of the next access.</summary>
    public uint Time => _clock[Block, Warp];

    /// <summary>Whether an access of a warp at a time of that warp happened before.</summary>
    public bool IsAfter(int block, int warp, uint time) => _clock[block, warp] >= time;

    /// <summary>Arrival at a barrier: what came before is known to those who pass it.</summary>
    public void Arrive(VectorClock barrier)
    {
        barrier.Join(_clock);
        _clock.Advance(Block, Warp);
    }

    /// <summary>Passing a barrier.</summary>
    public void Pass(VectorClock barrier) => _clock.Join(barrier);

    /// <summary>A fence of the block's scope, or beyond.</summary>
    public void Fence(bool beyondBlock)
    {
        if (_seen is not null)
            _clock.Join(_seen);
        _seen = null;
        if (beyondBlock && _seenOfOthers is not null)
        {
            _clock.Join(_seenOfOthers);
            _seenOfOthers = null;
        }
        _released = _clock.Copy();
        if (beyondBlock)
            _releasedBeyondBlock = _released;
        _clock.Advance(Block, Warp);
    }

    /// <summary>What a strong write publishes; null when nothing.</summary>
    public ReleasedClock? Publish(AccessKind kind)
    {
        if (!kind.HasFlag(AccessKind.Release))
            return _released is null ? null : new ReleasedClock(Block, _released, Wide(kind, _releasedBeyondBlock));
        VectorClock all = _clock.Copy();
        _clock.Advance(Block, Warp);
        return new ReleasedClock(Block, all, kind.HasFlag(AccessKind.BeyondBlock) ? all : _releasedBeyondBlock);
    }

    /// <summary>A strong read saw what a strong write published.</summary>
    public void See(ReleasedClock published, AccessKind kind)
    {
        bool isOwnBlock = published.Block == Block;
        VectorClock? known = isOwnBlock ? published.All : Wide(kind, published.BeyondBlock);
        if (known is null)
            return;
        if (kind.HasFlag(AccessKind.Acquire))
            _clock.Join(known);
        else if (isOwnBlock)
            (_seen ??= known.Copy()).Join(known);
        else
            (_seenOfOthers ??= known.Copy()).Join(known);
    }

    private static VectorClock? Wide(AccessKind kind, VectorClock? clock) =>
        kind.HasFlag(AccessKind.BeyondBlock) ? clock : null;
}
