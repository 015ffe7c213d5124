namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Runs a launch's blocks on several threads.</summary>
internal sealed class LaunchRunner(Launch launch)
{
    private readonly Lock _lock = new();
    private long _next;
    private long _faultBlock = long.MaxValue;
    private EmulatorFinding? _fault;
    private Exception? _error;
    private long _laneInstructions;

    public long LaneInstructions => _laneInstructions;

    /// <summary>Runs all blocks; the fault of the first block that has one, or null.</summary>
    public EmulatorFinding? Run(int workers)
    {
        int count = (int)Math.Min(workers, launch.Grid.Count);
        Thread[] threads = [.. Enumerable.Range(0, count - 1).Select(_ => new Thread(Work))];
        foreach (Thread thread in threads)
            thread.Start();
        Work();
        foreach (Thread thread in threads)
            thread.Join();
        if (_error is OperationCanceledException)
            launch.Cancellation.ThrowIfCancellationRequested();
        return _error is null ? _fault : throw new InvalidOperationException("a worker failed", _error);
    }

    private void Work()
    {
        using ResidentBlocks blocks = new(launch);
        try
        {
            // After a fault the blocks before the faulty one still run, so that the same fault is reported each time.
            while (blocks.IsEmpty ? TryStart(blocks) : Round(blocks))
            {
            }
        }
        catch (Exception error)
        {
            Volatile.Write(ref _next, launch.Grid.Count);
            lock (_lock)
                _error ??= error;
        }
        Interlocked.Add(ref _laneInstructions, blocks.LaneInstructions);
    }

    private bool TryStart(ResidentBlocks blocks)
    {
        long number = Interlocked.Increment(ref _next) - 1;
        if (number >= launch.Grid.Count || number > Volatile.Read(ref _faultBlock))
            return false;
        blocks.Start(number);
        return true;
    }

    private bool Round(ResidentBlocks blocks)
    {
        try
        {
            blocks.RunRound();
        }
        catch (EmulatorFault fault)
        {
            Note(fault.Finding, blocks.StopCurrent());
        }
        if (!blocks.WantsAnother)
            return true;
        // What still runs after a fault may wait for the block that had it.
        return TryStart(blocks) || Volatile.Read(ref _faultBlock) == long.MaxValue;
    }

    private void Note(EmulatorFinding finding, long number)
    {
        lock (_lock)
        {
            if (number >= _faultBlock)
                return;
            _faultBlock = number;
            _fault = finding;
        }
    }
}
