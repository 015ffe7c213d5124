namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Member masks of instructions for a whole warp.</summary>
internal static class MemberMasks
{
    /// <summary>A lane that executes the instruction must be a member.</summary>
    public static void Check(Instruction instruction, Warp warp, uint mask, uint members)
    {
        uint strangers = mask & ~members;
        if (strangers == 0 || warp.Block.Watcher is not BlockWatcher watcher)
            return;
        string what = $"lanes 0x{strangers:x8} execute {instruction.Opcode} with member mask 0x{members:x8}";
        string message = $"block {warp.Block.Id} warp {warp.Index}: {what}";
        watcher.OnFinding(instruction.Finding(FindingKinds.MemberMask, message));
    }

    /// <summary>
    /// True when all members are there; otherwise the lanes now wait for the others, and the instruction is executed
    /// again when they have come.
    /// </summary>
    public static bool AreThere(Instruction instruction, Warp warp, uint mask, uint members)
    {
        Check(instruction, warp, mask, members);
        if ((members & warp.Live & ~mask) == 0)
        {
            warp.Block.Watcher?.OnWarpSync(warp, instruction, members);
            return true;
        }
        warp.WaitFor(WaitKind.Warp, instruction, mask, members);
        return false;
    }
}
