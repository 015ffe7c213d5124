using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>brx.idx</c> (PTX ISA 9.7.12.2).</summary>
internal sealed unsafe class IndexedBranchInstruction(Slot index) : Instruction
{
    /// <summary>Indices in the function's code.</summary>
    public int[] Targets { get; set; } = [];

    public override void Execute(Warp warp, uint mask)
    {
        while (mask != 0)
        {
            ulong first = Lanes.Read(warp.Frame, index, int.TrailingZeroCount((int)mask));
            if (first >= (ulong)Targets.Length)
            {
                string what = $"{Opcode} has {Targets.Length} targets (index {first})";
                throw new EmulatorFault(Finding(FindingKinds.InvalidBranch, $"block {warp.Block.Id}: {what}"));
            }
            uint same = 0;
            for (uint rest = mask; rest != 0; rest &= rest - 1)
            {
                int lane = (int)uint.TrailingZeroCount(rest);
                same |= Lanes.Read(warp.Frame, index, lane) == first ? 1u << lane : 0;
            }
            warp.Branch(same, Targets[first]);
            mask &= ~same;
        }
    }
}
