using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// One block at a time: its warps, run in turn until each has to wait, and its shared memory. Used again for the next
/// block.
/// </summary>
internal sealed unsafe class Block : IDisposable
{
    /// <summary>Instructions that a warp may execute before the next one gets its turn.</summary>
    private const int Quantum = 20_000;

    private readonly BlockBarriers _barriers;

    public Block(Launch launch)
    {
        Launch = launch;
        Warps = new Warp[(launch.BlockExtent.Count + Lanes.Count - 1) / Lanes.Count];
        for (int i = 0; i < Warps.Length; i++)
            Warps[i] = new Warp(this, i);
        Shared = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(launch.SharedBytes, 16), 128);
        _barriers = new BlockBarriers(this);
    }

    public Launch Launch { get; }

    public Warp[] Warps { get; }

    public byte* Shared { get; }

    /// <summary><c>%ctaid</c>.</summary>
    public Dim3 Id { get; private set; }

    /// <summary>Its number in the grid, x fastest.</summary>
    public long Number { get; private set; }

    public BlockWatcher? Watcher { get; private set; }

    public BlockBarriers Barriers => _barriers;

    /// <summary>Instructions that lanes with a true guard have executed, over all blocks so far.</summary>
    public long LaneInstructions => Warps.Sum(warp => warp.LaneInstructions);

    /// <summary>Rounds since the start.</summary>
    public int Rounds { get; private set; }

    /// <summary>Gives each warp one turn; false when all have left.</summary>
    public bool RunRound()
    {
        Rounds++;
        bool progress = false;
        bool alive = false;
        foreach (Warp warp in Warps)
        {
            if (warp.IsRunnable)
            {
                warp.Run(Watcher, Quantum);
                progress = true;
            }
            alive |= warp.Splits.Count > 0;
        }
        if (alive && !progress)
            throw new EmulatorFault(DeadlockReport.Make(this));
        if (!alive && Watcher is not null)
            Launch.Watcher!.End(this, Watcher);
        Launch.Cancellation.ThrowIfCancellationRequested();
        return alive;
    }

    /// <summary>There are warps that do not wait, and each goes round in circles, with no effect since.</summary>
    public bool IsSpinning(long effects) => Array.Exists(Warps, warp => warp.IsRunnable)
        && Array.TrueForAll(Warps, warp => !warp.IsRunnable || warp.IsSpinning(effects));

    /// <summary>Of a block in which warps go round in circles: what they wait for.</summary>
    public EmulatorFault Spin()
    {
        Warp warp = Array.Find(Warps, warp => warp.IsRunnable)!;
        return new EmulatorFault(warp.FindSpin(Quantum).Finding(
            FindingKinds.Deadlock,
            $"block {Id} warp {warp.Index} goes round here for ever: nothing that still runs changes what it waits for"));
    }

    /// <summary>Lanes have left: a barrier of all threads may be complete now.</summary>
    public void OnExit() => _barriers.OnExit();

    /// <summary>Begins the block of that number.</summary>
    public void Start(long number)
    {
        Rounds = 0;
        Dim3 grid = Launch.Grid;
        Number = number;
        Id = new Dim3((int)(number % grid.X), (int)(number / grid.X % grid.Y), (int)(number / grid.X / grid.Y));
        NativeMemory.Clear(Shared, (nuint)Launch.SharedBytes);
        _barriers.Reset();
        for (int i = 0; i < Warps.Length; i++)
        {
            int lanes = (int)Math.Min(Lanes.Count, Launch.BlockExtent.Count - ((long)i * Lanes.Count));
            Warps[i].Start(Launch.Entry, lanes == Lanes.Count ? Lanes.All : (1u << lanes) - 1, Launch.LocalBytes);
        }
        Watcher = Launch.Watcher?.Begin(this);
    }

    public void Dispose()
    {
        foreach (Warp warp in Warps)
            warp.Dispose();
        NativeMemory.AlignedFree(Shared);
    }
}
