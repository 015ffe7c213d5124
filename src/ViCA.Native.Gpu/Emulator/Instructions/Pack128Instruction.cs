using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>
/// <c>mov</c> between a 128-bit register and another one or a vector of narrower ones (PTX ISA 9.7.9.4).
/// </summary>
/// <param name="whole">The wide register.</param>
/// <param name="parts">The narrow ones, the lowest bits first; none for <c>_</c>.</param>
/// <param name="partBits">Bits of each part.</param>
/// <param name="unpacks">From the wide register to the parts.</param>
internal sealed unsafe class Pack128Instruction(Slot whole, Slot[] parts, int partBits, bool unpacks) : Instruction
{
    private readonly UInt128 _partMask = UInt128.MaxValue >> (128 - partBits);

    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        UInt128* values = (UInt128*)(frame + whole.Offset);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            if (unpacks)
                Unpack(frame, lane, values[lane]);
            else
                values[lane] = Pack(frame, lane);
        }
    }

    private UInt128 Pack(byte* frame, int lane)
    {
        UInt128 value = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            UInt128 part = parts[i].Size == 16
                ? ((UInt128*)(frame + parts[i].Offset))[lane]
                : Lanes.Read(frame, parts[i], lane);
            value |= (part & _partMask) << (i * partBits);
        }
        return value;
    }

    private void Unpack(byte* frame, int lane, UInt128 value)
    {
        for (int i = 0; i < parts.Length; i++)
            Lanes.Write(frame, parts[i], lane, (ulong)((value >> (i * partBits)) & _partMask));
    }
}
