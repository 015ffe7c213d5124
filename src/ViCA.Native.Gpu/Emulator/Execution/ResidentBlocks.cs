namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// The blocks that one worker has begun: one, unless it takes so long that it may wait for another block, as in a
/// barrier of the whole grid; then more are begun and run in turn.
/// </summary>
internal sealed class ResidentBlocks(Launch launch) : IDisposable
{
    private const int PatientRounds = 20;
    private const int MaximumBlocks = 256;

    private readonly List<Block> _running = [];
    private readonly Stack<Block> _idle = new();
    private readonly List<Block> _all = [];
    private int _current;

    public bool IsEmpty => _running.Count == 0;

    /// <summary>One has run for so long that it may wait for a block that has not begun.</summary>
    public bool WantsAnother => _running.Count is > 0 and < MaximumBlocks
        && _running.Exists(block => block.Rounds > PatientRounds);

    public bool IsFull => _running.Count == MaximumBlocks;

    /// <summary>Each warp that does not wait goes round in circles, and nothing had an effect since.</summary>
    public bool IsSpinning(long effects) => _running.Count > 0 && _running.TrueForAll(block => block.IsSpinning(effects));

    public long LaneInstructions => _all.Sum(block => block.LaneInstructions);

    public void Start(long number)
    {
        if (!_idle.TryPop(out Block? block))
        {
            block = new Block(launch);
            _all.Add(block);
        }
        _running.Add(block);
        block.Start(number);
    }

    /// <summary>Gives each block one turn.</summary>
    public void RunRound()
    {
        for (_current = 0; _current < _running.Count; _current++)
        {
            if (!_running[_current].RunRound())
                StopCurrent();
        }
    }

    /// <summary>Of blocks that go round in circles, the first in the grid: what it waits for.</summary>
    public EmulatorFault Spin()
    {
        _current = _running.IndexOf(_running.MinBy(block => block.Number)!);
        return _running[_current].Spin();
    }

    /// <summary>Takes the block whose turn it is out; its number.</summary>
    public long StopCurrent()
    {
        Block block = _running[_current];
        _running.RemoveAt(_current--);
        _idle.Push(block);
        return block.Number;
    }

    public void Dispose()
    {
        foreach (Block block in _all)
            block.Dispose();
    }
}
