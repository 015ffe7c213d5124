using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        int leader = int.TrailingZeroCount((int)mask);
        uint required = (uint)Lanes.Read(frame, members, leader);
        if (!MemberMasks.AreThere(this, warp, mask, required))
            return;
        int* sources = stackalloc int[Lanes.Count];
        uint inRange = FindSources(frame, sources);
        uint absent = mask == Lanes.All ? 0 : AbsentSources(mask, sources);
        if (!d.IsNone)
            Gather((uint*)(frame + a.Offset), sources, (uint*)(frame + d.Offset), mask);
        if (!p.IsNone)
            Lanes.WritePredicate(frame, p, mask, inRange);
        if (absent != 0)
            Report(warp, absent);
    }

    /// <summary>The lane that each lane reads from: itself where it reaches too far. Returns the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint FindSources(byte* frame, int* sources)
    {
        Vector256<int> largest = Vector256.Create(Lanes.Count - 1);
        uint inRange = 0;
        for (int i = 0; i < Lanes.Count; i += Vector256<int>.Count)
        {
            Vector256<int> lane = Vector256<int>.Indices + Vector256.Create(i);
            Vector256<int> distance = Vector256.Load((int*)(frame + b.Offset) + i) & largest;
            Vector256<int> bound = Vector256.Load((int*)(frame + c.Offset) + i);
            Vector256<int> segment = (bound >> 8) & largest;
            Vector256<int> maximum = (lane & segment) | (bound & largest & ~segment);
            Vector256<int> source = mode switch
            {
                Mode.Up => lane - distance,
                Mode.Down => lane + distance,
                Mode.Butterfly => lane ^ distance,
                _ => (lane & segment) | (distance & ~segment),
            };
            Vector256<int> isInRange = mode == Mode.Up
                ? Vector256.GreaterThanOrEqual(source, maximum)
                : Vector256.LessThanOrEqual(source, maximum);
            Vector256.ConditionalSelect(isInRange, source, lane).Store(sources + i);
            inRange |= Vector256.ExtractMostSignificantBits(isInRange) << i;
        }
        return inRange;
    }

    private static uint AbsentSources(uint mask, int* sources)
    {
        uint absent = 0;
        for (int lane = 0; lane < Lanes.Count; lane++)
            absent |= (mask >> sources[lane] & 1) == 0 ? 1u << lane : 0;
        return absent & mask;
    }

    [SkipLocalsInit]
    private static void Gather(uint* from, int* sources, uint* to, uint mask)
    {
        uint* values = stackalloc uint[Lanes.Count];
        for (int lane = 0; lane < Lanes.Count; lane++)
            values[lane] = from[sources[lane]];
        for (int i = 0; i < sizeof(uint); i++)
            Lanes.Store((byte*)to, i, mask, Vector256.Load(values + (Vector256<uint>.Count * i)));
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
