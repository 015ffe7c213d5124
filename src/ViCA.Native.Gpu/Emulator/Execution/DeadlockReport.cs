namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Says who waits for what when nobody in a block can go on.</summary>
internal static class DeadlockReport
{
    public static EmulatorFinding Make(Block block)
    {
        List<(Warp Warp, Split Split)> waiting =
            [.. block.Warps.SelectMany(warp => warp.Splits.Select(split => (warp, split)))];
        string who = string.Join("; ", waiting.Take(8).Select(wait => Describe(wait.Warp, wait.Split)));
        string more = waiting.Count > 8 ? $"; and {waiting.Count - 8} more" : "";
        (_, Split first) = waiting.OrderBy(wait => wait.Split.Wait switch
        {
            WaitKind.Aligned => 0,
            WaitKind.Warp => 1,
            _ => 2,
        }).First();
        string kind = first.Wait switch
        {
            WaitKind.Aligned => FindingKinds.DivergentBarrier,
            WaitKind.Warp => FindingKinds.MemberMask,
            _ => FindingKinds.Deadlock,
        };
        return first.WaitsAt!.Finding(kind, $"block {block.Id} cannot go on: {who}{more}");
    }

    private static string Describe(Warp warp, Split split) =>
        $"warp {warp.Index} lanes 0x{split.Mask:x8} wait at {split.WaitsAt!.Opcode}, "
        + $"PTX line {split.WaitsAt.Location.PtxLine}";
}
