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
        using Block block = new(launch);
        try
        {
            // After a fault the blocks before the faulty one still run, so that the same fault is reported each time.
            for (long number = Take(); number < launch.Grid.Count; number = Take())
                RunBlock(block, number);
        }
        catch (Exception error) when (error is not EmulatorFault)
        {
            Volatile.Write(ref _next, launch.Grid.Count);
            lock (_lock)
                _error ??= error;
        }
        Interlocked.Add(ref _laneInstructions, block.LaneInstructions);
    }

    private long Take() => Interlocked.Increment(ref _next) - 1;

    private void RunBlock(Block block, long number)
    {
        if (number > Volatile.Read(ref _faultBlock))
            return;
        try
        {
            block.Run(number);
        }
        catch (EmulatorFault fault)
        {
            lock (_lock)
            {
                if (number < _faultBlock)
                {
                    _faultBlock = number;
                    _fault = fault.Finding;
                }
            }
        }
    }
}
