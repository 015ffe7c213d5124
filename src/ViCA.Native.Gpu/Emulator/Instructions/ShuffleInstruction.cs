using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>shfl.sync</c> (PTX ISA 9.7.9.6).</summary>
internal sealed unsafe class ShuffleInstruction(
    ShuffleInstruction.Mode mode,
    Slot d,
    Slot p,
    Slot a,
    Slot b,
    Slot c,
    Slot members) : Instruction
{
    /// <summary>Which lane is read.</summary>
    internal enum Mode
    {
        Up,
        Down,
        Butterfly,
        Index,
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        int leader = int.TrailingZeroCount((int)mask);
        uint required = (uint)Lanes.Read(frame, members, leader);
        if (!MemberMasks.AreThere(this, warp, mask, required))
            return;
        uint* values = stackalloc uint[Lanes.Count];
        new ReadOnlySpan<uint>(frame + a.Offset, Lanes.Count).CopyTo(new Span<uint>(values, Lanes.Count));
        uint* distances = (uint*)(frame + b.Offset);
        uint* bounds = (uint*)(frame + c.Offset);
        uint inRange = 0;
        uint absent = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            int source = Source(lane, (int)(distances[lane] & 31), bounds[lane], out bool isInRange);
            inRange |= isInRange ? 1u << lane : 0;
            absent |= (mask >> source & 1) == 0 ? 1u << lane : 0;
            if (!d.IsNone)
                ((uint*)(frame + d.Offset))[lane] = values[source];
        }
        if (!p.IsNone)
            Lanes.WritePredicate(frame, p, mask, inRange);
        if (absent != 0)
            Report(warp, absent);
    }

    private int Source(int lane, int distance, uint bound, out bool isInRange)
    {
        int clamp = (int)(bound & 31);
        int segment = (int)(bound >> 8 & 31);
        int maximum = (lane & segment) | (clamp & ~segment);
        int source = mode switch
        {
            Mode.Up => lane - distance,
            Mode.Down => lane + distance,
            Mode.Butterfly => lane ^ distance,
            _ => (lane & segment) | (distance & ~segment),
        };
        isInRange = mode == Mode.Up ? source >= maximum : source <= maximum;
        return isInRange ? source : lane;
    }

    private void Report(Warp warp, uint absent)
    {
        if (warp.Block.Watcher is not BlockWatcher watcher)
            return;
        string what = $"lanes 0x{absent:x8} read from lanes that do not take part";
        string message = $"block {warp.Block.Id} warp {warp.Index}: {what}";
        watcher.OnFinding(Finding(FindingKinds.ShuffleInactiveLane, message));
    }
}
