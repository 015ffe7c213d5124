using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>
/// <c>setp</c> in its general form (PTX ISA 9.7.6.2): the result goes to p, its contrary to q, each combined with c; of
/// packed operands p is for the low half and q for the high one.
/// </summary>
/// <param name="p">First destination, or none.</param>
/// <param name="q">Second destination, or none.</param>
/// <param name="a">First operand.</param>
/// <param name="b">Second operand.</param>
/// <param name="compare">Bit 0: the result for p, bit 1: for q.</param>
/// <param name="combine">What to do with c, or null.</param>
/// <param name="c">A predicate, or none.</param>
/// <param name="isNegated">Whether c stands behind <c>!</c>.</param>
internal sealed unsafe class CompareInstruction(
    Slot p,
    Slot q,
    Slot a,
    Slot b,
    LaneFunction compare,
    Func<uint, uint, uint>? combine,
    Slot c,
    bool isNegated) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        uint first = 0;
        uint second = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            uint result = (uint)compare(Lanes.Read(frame, a, lane), Lanes.Read(frame, b, lane), 0);
            first |= (result & 1) << lane;
            second |= ((result >> 1) & 1) << lane;
        }
        if (combine is not null)
        {
            uint other = *(uint*)(frame + c.Offset) ^ (isNegated ? Lanes.All : 0);
            first = combine(first, other);
            second = combine(second, other);
        }
        if (!p.IsNone)
            Lanes.WritePredicate(frame, p, mask, first);
        if (!q.IsNone)
            Lanes.WritePredicate(frame, q, mask, second);
    }
}
