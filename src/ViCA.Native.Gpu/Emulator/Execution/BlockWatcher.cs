namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Sees what one running block does: detectors in Check mode, counters in Profile mode.</summary>
internal abstract class BlockWatcher
{
    /// <summary>After an instruction that did not have to wait.</summary>
    /// <param name="warp">Who; its frame may have changed already (calls).</param>
    /// <param name="activation">The activation that it was executed in.</param>
    /// <param name="instruction">What.</param>
    /// <param name="active">Lanes that were there.</param>
    /// <param name="executed">Lanes whose guard was true.</param>
    public virtual void OnInstruction(
        Warp warp,
        Activation activation,
        Instruction instruction,
        uint active,
        uint executed)
    {
    }

    /// <summary>After a memory instruction, before <see cref="OnInstruction"/>.</summary>
    public virtual void OnAccess(in MemoryAccess access)
    {
    }

    /// <summary>A warp has arrived at a barrier of the block, to wait or not.</summary>
    public virtual void OnBarrierArrive(Warp warp, int barrier)
    {
    }

    /// <summary>A barrier is complete: these warps go on (bit per warp of the block).</summary>
    public virtual void OnBarrierRelease(int barrier, ReadOnlySpan<Warp> waiting)
    {
    }

    /// <summary>Lanes have met at <c>bar.warp.sync</c> or another instruction with a member mask.</summary>
    public virtual void OnWarpSync(Warp warp, Instruction instruction, uint members)
    {
    }

    public virtual void OnFence(Warp warp, Instruction instruction)
    {
    }

    /// <summary>A finding that does not end the launch, made by the instruction itself.</summary>
    public virtual void OnFinding(EmulatorFinding finding)
    {
    }
}
