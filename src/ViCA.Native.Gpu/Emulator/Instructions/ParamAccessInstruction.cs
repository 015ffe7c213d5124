using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>ld.param</c> and <c>st.param</c> of a function's or a call's parameters: each lane has its own.</summary>
/// <param name="registers">One per element.</param>
/// <param name="offset">Byte offset in a lane's parameter memory.</param>
/// <param name="elementBytes">1, 2, 4 or 8.</param>
/// <param name="isSigned">Whether narrow elements are extended with their sign.</param>
/// <param name="stores">False for a load.</param>
internal sealed unsafe class ParamAccessInstruction(
    Slot[] registers,
    int offset,
    int elementBytes,
    bool isSigned,
    bool stores) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        FunctionCode function = warp.Activation.Function;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            byte* at = warp.Frame + function.ParamOffset + (lane * function.ParamStride) + offset;
            foreach (Slot register in registers)
            {
                if (stores)
                    Store(at, Lanes.Read(warp.Frame, register, lane));
                else
                    Lanes.Write(warp.Frame, register, lane, Load(at));
                at += elementBytes;
            }
        }
    }

    private void Store(byte* at, ulong value) => Buffer.MemoryCopy(&value, at, elementBytes, elementBytes);

    private ulong Load(byte* at)
    {
        ulong value = 0;
        Buffer.MemoryCopy(at, &value, elementBytes, elementBytes);
        int unused = 64 - (8 * elementBytes);
        return isSigned ? (ulong)((long)(value << unused) >> unused) : value;
    }
}
