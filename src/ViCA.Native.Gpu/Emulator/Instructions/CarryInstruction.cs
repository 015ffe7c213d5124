using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>Result and carry of lane operations with the condition code register (PTX ISA 9.7.2).</summary>
internal delegate ulong CarryFunction(ulong a, ulong b, ulong c, ref uint carry);

/// <summary><c>add.cc</c>, <c>addc</c>, <c>sub.cc</c>, <c>subc</c>, <c>mad.cc</c>, <c>madc</c>.</summary>
/// <param name="d">Destination.</param>
/// <param name="a">First operand.</param>
/// <param name="b">Second operand.</param>
/// <param name="c">Third operand, or none.</param>
/// <param name="carry">The condition code, a bit per lane.</param>
/// <param name="reads">Whether the carry goes in; else 0 does.</param>
/// <param name="writes">Whether the carry is kept.</param>
/// <param name="function">The operation.</param>
internal sealed unsafe class CarryInstruction(
    Slot d,
    Slot a,
    Slot b,
    Slot c,
    Slot carry,
    bool reads,
    bool writes,
    CarryFunction function) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            uint bit = reads ? (uint)Lanes.Read(frame, carry, lane) : 0;
            ulong x = Lanes.Read(frame, a, lane);
            ulong y = Lanes.Read(frame, b, lane);
            Lanes.Write(frame, d, lane, function(x, y, Lanes.Read(frame, c, lane), ref bit));
            if (writes)
                Lanes.Write(frame, carry, lane, bit);
        }
    }
}
