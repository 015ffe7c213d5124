using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>vote.sync</c> (PTX ISA 9.7.13.9).</summary>
internal sealed unsafe class VoteInstruction(
    VoteInstruction.Mode mode,
    Slot d,
    Slot predicate,
    bool isNegated,
    Slot members) : Instruction
{
    /// <summary>What is asked.</summary>
    internal enum Mode
    {
        All,
        Any,
        Uniform,
        Ballot,
    }

    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        uint required = (uint)Lanes.Read(frame, members, int.TrailingZeroCount((int)mask));
        if (!MemberMasks.AreThere(this, warp, mask, required))
            return;
        uint votes = (*(uint*)(frame + predicate.Offset) ^ (isNegated ? Lanes.All : 0)) & mask;
        if (mode == Mode.Ballot)
        {
            for (uint rest = mask; rest != 0; rest &= rest - 1)
                Lanes.Write(frame, d, (int)uint.TrailingZeroCount(rest), votes);
            return;
        }
        bool result = mode switch
        {
            Mode.All => votes == mask,
            Mode.Any => votes != 0,
            _ => votes == mask || votes == 0,
        };
        Lanes.WritePredicate(frame, d, mask, result ? Lanes.All : 0);
    }
}
