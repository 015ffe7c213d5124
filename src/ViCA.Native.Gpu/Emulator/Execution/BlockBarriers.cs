namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>The 16 barriers of a block (PTX ISA 9.7.13.1).</summary>
internal sealed class BlockBarriers(Block block)
{
    public const int Count = 16;

    private readonly BarrierState[] _states =
        [.. Enumerable.Range(0, Count).Select(_ => new BarrierState(block.Warps.Length))];

    public void Reset()
    {
        foreach (BarrierState state in _states)
            state.Clear();
    }

    /// <summary>Lanes of a warp arrive; unless they only arrive, they wait until the barrier is complete.</summary>
    /// <param name="warp">Who.</param>
    /// <param name="instruction">The barrier instruction.</param>
    /// <param name="mask">Its lanes.</param>
    /// <param name="barrier">0 to 15.</param>
    /// <param name="threads">Threads that must come, or -1 for all of the block.</param>
    /// <param name="predicate">Lanes with a true predicate, for reductions.</param>
    public void Arrive(
        Warp warp,
        BarrierInstruction instruction,
        uint mask,
        int barrier,
        int threads,
        uint predicate)
    {
        warp.HasEffect = true;
        BarrierState state = Checked(warp, instruction, mask, barrier, threads);
        state.Threads = threads;
        state.Arrived[warp.Index] |= mask;
        state.True += (int)uint.PopCount(predicate & mask);
        state.All += (int)uint.PopCount(mask);
        block.Watcher?.OnBarrierArrive(warp, barrier);
        if (instruction.Waits)
            state.Waiting.Add(new BarrierWaiter(warp, warp.WaitForBarrier(instruction, mask), instruction, mask));
        if (!IsComplete(state))
            return;
        Release(state, barrier);
        warp.Yield();
    }

    public void OnExit()
    {
        for (int i = 0; i < _states.Length; i++)
        {
            if (_states[i].Threads < 0 && _states[i].Waiting.Count > 0 && IsComplete(_states[i]))
                Release(_states[i], i);
        }
    }

    private BarrierState Checked(Warp warp, BarrierInstruction instruction, uint mask, int barrier, int threads)
    {
        if (barrier is < 0 or >= Count)
            throw Fault(instruction, $"there is no barrier {barrier} (expected 0 to {Count - 1})");
        if (threads == 0 || (threads > 0 && threads % Lanes.Count != 0))
            throw Fault(instruction, $"{threads} threads are no multiple of {Lanes.Count}");
        if (threads > block.Warps.Length * Lanes.Count)
            throw Fault(instruction, $"{threads} threads are more than the block has");
        BarrierState state = _states[barrier];
        if (state.All > 0 && state.Threads != threads)
        {
            string what = $"warp {warp.Index} comes to barrier {barrier} with another number of threads than others";
            throw Fault(instruction, $"{what} ({threads} and {state.Threads}, -1 stands for all)");
        }
        if ((state.Arrived[warp.Index] & mask) != 0)
            throw Fault(instruction, $"warp {warp.Index} comes to barrier {barrier} again before it is complete");
        return state;
    }

    private static EmulatorFault Fault(BarrierInstruction instruction, string message) =>
        new(instruction.Finding(FindingKinds.DivergentBarrier, message));

    private bool IsComplete(BarrierState state)
    {
        int threads = 0;
        bool all = true;
        foreach (Warp warp in block.Warps)
        {
            uint arrived = state.Arrived[warp.Index];
            bool whole = (warp.Live & ~arrived) == 0;
            all &= whole;
            threads += arrived == 0 ? 0 : whole ? Lanes.Count : (int)uint.PopCount(arrived);
        }
        return state.Threads < 0 ? all : threads >= state.Threads;
    }

    private void Release(BarrierState state, int barrier)
    {
        BarrierWaiter[] waiting = [.. state.Waiting];
        (int isTrue, int all) = (state.True, state.All);
        state.Clear();
        foreach (BarrierWaiter waiter in waiting)
        {
            waiter.Instruction.Complete(waiter.Split.Activation, waiter.Mask, isTrue, all);
            waiter.Split.Wait = WaitKind.None;
        }
        if (block.Watcher is BlockWatcher watcher)
            watcher.OnBarrierRelease(barrier, waiting.Select(waiter => waiter.Warp).Distinct().ToArray());
    }
}
