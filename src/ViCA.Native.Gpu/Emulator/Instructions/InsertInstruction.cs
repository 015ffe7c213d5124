using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>bfi</c>, the only one with four operands (PTX ISA 9.7.1.20).</summary>
internal sealed unsafe class InsertInstruction(Slot d, Slot a, Slot b, Slot position, Slot length) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            ulong field = Lanes.Read(frame, a, lane);
            ulong into = Lanes.Read(frame, b, lane);
            uint at = (uint)Lanes.Read(frame, position, lane);
            uint bits = (uint)Lanes.Read(frame, length, lane);
            ulong value = d.Size == 8
                ? BitFields.Insert(field, into, at, bits)
                : BitFields.Insert((uint)field, (uint)into, at, bits);
            Lanes.Write(frame, d, lane, value);
        }
    }
}
