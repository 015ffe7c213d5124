using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>The bits of a result from the bits of up to three operands.</summary>
internal delegate ulong LaneFunction(ulong a, ulong b, ulong c);

/// <summary>An operation that goes lane by lane.</summary>
internal sealed unsafe class LaneInstruction(Slot d, Slot a, Slot b, Slot c, LaneFunction function) : Instruction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            ulong x = Lanes.Read(frame, a, lane);
            ulong y = Lanes.Read(frame, b, lane);
            ulong z = Lanes.Read(frame, c, lane);
            Lanes.Write(frame, d, lane, function(x, y, z));
        }
    }
}
