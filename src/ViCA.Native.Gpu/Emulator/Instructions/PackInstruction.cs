using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>mov</c> between a register and a vector of narrower ones (PTX ISA 9.7.9.4).</summary>
/// <param name="whole">The wide register.</param>
/// <param name="parts">The narrow ones, the lowest bits first; none for <c>_</c>.</param>
/// <param name="partBits">Bits of each part.</param>
/// <param name="unpacks">From the wide register to the parts.</param>
internal sealed unsafe class PackInstruction(Slot whole, Slot[] parts, int partBits, bool unpacks) : Instruction
{
    private readonly ulong _partMask = partBits == 64 ? ulong.MaxValue : (1UL << partBits) - 1;

    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            UInt128 value = unpacks ? ReadWhole(frame, lane) : Pack(frame, lane);
            if (!unpacks)
                WriteWhole(frame, lane, value);
            else
                Unpack(frame, lane, value);
        }
    }

    private UInt128 ReadWhole(byte* frame, int lane) =>
        whole.Size == 16 ? ((UInt128*)(frame + whole.Offset))[lane] : Lanes.Read(frame, whole, lane);

    private void WriteWhole(byte* frame, int lane, UInt128 value)
    {
        if (whole.Size == 16)
            ((UInt128*)(frame + whole.Offset))[lane] = value;
        else
            Lanes.Write(frame, whole, lane, (ulong)value);
    }

    private UInt128 Pack(byte* frame, int lane)
    {
        UInt128 value = 0;
        for (int i = 0; i < parts.Length; i++)
            value |= (UInt128)(Lanes.Read(frame, parts[i], lane) & _partMask) << (i * partBits);
        return value;
    }

    private void Unpack(byte* frame, int lane, UInt128 value)
    {
        for (int i = 0; i < parts.Length; i++)
            Lanes.Write(frame, parts[i], lane, (ulong)(value >> (i * partBits)) & _partMask);
    }
}
