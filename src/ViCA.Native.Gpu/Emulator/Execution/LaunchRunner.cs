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
        launch.Progress.Begin(count);
        Thread[] threads = [.. Enumerable.Range(1, count - 1).Select(worker => new Thread(() => Work(worker)))];
        foreach (Thread thread in threads)
            thread.Start();
        Work(0);
        foreach (Thread thread in threads)
            thread.Join();
        if (_error is OperationCanceledException)
            launch.Cancellation.ThrowIfCancellationRequested();
        return _error is null ? _fault : throw new InvalidOperationException("a worker failed", _error);
    }

    private void Work(int worker)
    {
        using ResidentBlocks blocks = new(launch);
        try
        {
            // After a fault the blocks before the faulty one still run, so that the same fault is reported each time.
            while (blocks.IsEmpty ? TryStart(blocks) : Round(blocks, worker))
            {
            }
        }
        catch (Exception error)
        {
            Volatile.Write(ref _next, launch.Grid.Count);
            lock (_lock)
                _error ??= error;
        }
        launch.Progress.Leave(worker);
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

    private bool Round(ResidentBlocks blocks, int worker)
    {
        try
        {
            blocks.RunRound();
            if (IsStuck(blocks, worker))
                throw blocks.Spin();
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

    private bool IsStuck(ResidentBlocks blocks, int worker)
    {
        long effects = launch.Progress.Effects;
        bool noneWillStart = blocks.IsFull || Volatile.Read(ref _next) >= launch.Grid.Count;
        return noneWillStart && blocks.IsSpinning(effects) && launch.Progress.Settle(worker, effects);
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
