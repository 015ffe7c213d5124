using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>match.sync</c> (PTX ISA 9.7.13.10).</summary>
internal sealed unsafe class MatchInstruction(bool all, Slot d, Slot p, Slot a, Slot members) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        uint required = (uint)Lanes.Read(frame, members, int.TrailingZeroCount((int)mask));
        if (!MemberMasks.AreThere(this, warp, mask, required))
            return;
        uint* results = stackalloc uint[Lanes.Count];
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            uint same = Same(frame, mask, lane);
            results[lane] = !all ? same : same == mask ? mask : 0;
        }
        uint equal = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            Lanes.Write(frame, d, lane, results[lane]);
            equal |= results[lane] == mask ? 1u << lane : 0;
        }
        if (!p.IsNone)
            Lanes.WritePredicate(frame, p, mask, equal);
    }

    private uint Same(byte* frame, uint mask, int lane)
    {
        ulong value = Lanes.Read(frame, a, lane);
        uint same = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int other = (int)uint.TrailingZeroCount(rest);
            same |= Lanes.Read(frame, a, other) == value ? 1u << other : 0;
        }
        return same;
    }
}
