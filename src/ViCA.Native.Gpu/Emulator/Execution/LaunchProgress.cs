namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// What the workers of a launch tell one another, so that a launch in which nothing can happen any more ends: an effect
/// is whatever another warp could notice (a store, an atomic operation that changes its word, a barrier, an exit) or
/// what makes a warp's next turn differ by itself (a clock).
/// </summary>
internal sealed class LaunchProgress
{
    /// <summary>A worker that has nothing left to run.</summary>
    private const long HasLeft = long.MaxValue;

    private readonly Lock _lock = new();
    private long[] _settledAt = [];
    private long _effects;
    private bool _isStuck;

    /// <summary>Turns with an effect so far.</summary>
    public long Effects => Volatile.Read(ref _effects);

    public void Begin(int workers)
    {
        _settledAt = new long[workers];
        Array.Fill(_settledAt, -1);
    }

    /// <summary>A turn with an effect has ended.</summary>
    public void Note() => Interlocked.Increment(ref _effects);

    /// <summary>
    /// A worker can start no block, and each of its warps that do not wait has come to a state where it had been, with
    /// no effect anywhere since. True when that holds for all workers: then nothing will ever change.
    /// </summary>
    /// <param name="worker">Who.</param>
    /// <param name="effects"><see cref="Effects"/> since when it holds.</param>
    public bool Settle(int worker, long effects)
    {
        lock (_lock)
        {
            _settledAt[worker] = effects;
            _isStuck |= effects == Effects && Array.TrueForAll(_settledAt, at => at == effects || at == HasLeft);
            return _isStuck;
        }
    }

    public void Leave(int worker)
    {
        lock (_lock)
            _settledAt[worker] = HasLeft;
    }
}
