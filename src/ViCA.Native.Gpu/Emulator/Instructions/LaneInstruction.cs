using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>The bits of a result from the bits of up to three operands.</summary>
internal delegate ulong LaneFunction(ulong a, ulong b, ulong c);

/// <summary>An operation that goes lane by lane.</summary>
internal sealed unsafe class LaneInstruction(Slot d, Slot a, Slot b, Slot c, LaneFunction function) : Instruction
{
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        ulong* values = stackalloc ulong[4 * Lanes.Count];
        ulong* x = values;
        ulong* y = values + Lanes.Count;
        ulong* z = values + (2 * Lanes.Count);
        ulong* results = values + (3 * Lanes.Count);
        byte* frame = warp.Frame;
        Lanes.Read(frame, a, x);
        Lanes.Read(frame, b, y);
        Lanes.Read(frame, c, z);
        LaneFunction apply = function;
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            if ((mask >> lane & 1) != 0)
                results[lane] = apply(x[lane], y[lane], z[lane]);
        }
        Lanes.Write(frame, d, mask, results);
    }
}
