using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>elect.sync</c> (PTX ISA 9.7.13.14): the lowest member, as hardware does.</summary>
internal sealed unsafe class ElectInstruction(Slot d, Slot p, Slot members) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        int leader = int.TrailingZeroCount((int)mask);
        uint required = (uint)Lanes.Read(frame, members, leader);
        if (!MemberMasks.AreThere(this, warp, mask, required))
            return;
        for (uint rest = mask; rest != 0 && !d.IsNone; rest &= rest - 1)
            Lanes.Write(frame, d, (int)uint.TrailingZeroCount(rest), (ulong)leader);
        if (!p.IsNone)
            Lanes.WritePredicate(frame, p, mask, 1u << leader);
    }
}
