using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary><c>bar</c>, <c>barrier</c>: sync, arrive, red (PTX ISA 9.7.13.1).</summary>
internal sealed unsafe class BarrierInstruction(Slot barrier, Slot threads, Slot predicate, Slot destination)
    : Instruction
{
    /// <summary>What a reduction does with the predicates.</summary>
    public enum Reduction
    {
        None,
        Popc,
        And,
        Or,
    }

    /// <summary>False for <c>arrive</c>.</summary>
    public required bool Waits { get; init; }

    /// <summary>All lanes of the warp must execute it together.</summary>
    public required bool IsAligned { get; init; }

    public required Reduction Reduce { get; init; }

    public required bool IsPredicateNegated { get; init; }

    public override void Execute(Warp warp, uint mask)
    {
        if (IsAligned && mask != warp.Live)
        {
            if (mask != warp.Active)
                throw Divergent(warp, mask);
            warp.WaitFor(WaitKind.Aligned, this, mask, 0);
            return;
        }
        int lane = int.TrailingZeroCount((int)mask);
        int id = (int)Lanes.Read(warp.Frame, barrier, lane);
        int count = threads.IsNone ? -1 : (int)Lanes.Read(warp.Frame, threads, lane);
        uint bits = predicate.IsNone ? 0 : *(uint*)(warp.Frame + predicate.Offset);
        warp.Block.Barriers.Arrive(warp, this, mask, id, count, IsPredicateNegated ? ~bits : bits);
    }

    /// <summary>Puts the result of the reduction into the registers of lanes that waited.</summary>
    public void Complete(Activation activation, uint mask, int isTrue, int all)
    {
        if (Reduce == Reduction.None)
            return;
        ulong value = Reduce switch
        {
            Reduction.Popc => (ulong)isTrue,
            Reduction.And => isTrue == all ? 1u : 0,
            _ => isTrue > 0 ? 1u : 0,
        };
        for (uint rest = mask; rest != 0; rest &= rest - 1)
            Lanes.Write(activation.Frame, destination, (int)uint.TrailingZeroCount(rest), value);
    }

    private EmulatorFault Divergent(Warp warp, uint mask)
    {
        string what = $"lanes 0x{mask:x8} of 0x{warp.Live:x8} execute {Opcode}, which all lanes of a warp must";
        return new EmulatorFault(
            Finding(FindingKinds.DivergentBarrier, $"block {warp.Block.Id} warp {warp.Index}: {what}"));
    }
}
