namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary><c>bar.warp.sync</c> (PTX ISA 9.7.13.2).</summary>
internal sealed class WarpBarrierInstruction(Slot members) : Instruction
{
    public override unsafe void Execute(Warp warp, uint mask)
    {
        uint required = (uint)Lanes.Read(warp.Frame, members, int.TrailingZeroCount((int)mask));
        MemberMasks.Check(this, warp, mask, required);
        uint missing = required & warp.Live & ~mask;
        if (missing != 0 && (missing & ~warp.WaitingMembers(required)) != 0)
        {
            warp.WaitFor(WaitKind.Warp, this, mask, required);
            return;
        }
        if (missing != 0)
            warp.ReleaseMembers(required);
        warp.Block.Watcher?.OnWarpSync(warp, this, required);
    }
}
