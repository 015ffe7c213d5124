using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Barriers and fences of a block (PTX ISA 9.7.13).</summary>
internal static class BarrierFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("bar", Barrier);
        families.Add("barrier", Barrier);
        families.Add("membar", Fence);
        families.Add("fence", Fence);
    }

    private static Instruction Barrier(DecodeContext x)
    {
        if (x.Take("warp"))
            return x.Take("sync") ? new WarpBarrierInstruction(x.Read(0, PtxType.B32)) : throw x.Unsupported();
        if (x.Take("cluster"))
            throw x.Unsupported();
        x.Take("cta");
        bool aligned = x.Take("aligned") | x.Name == "bar";
        if (x.Take("red"))
            return Reduce(x, aligned);
        bool waits = x.Take("sync");
        if (!waits && !x.Take("arrive"))
            throw x.Unsupported();
        Slot threads = x.Has(1) ? x.Read(1, PtxType.U32) : Slot.None;
        if (!waits && threads.IsNone)
            throw x.Wrong("the number of threads is missing");
        return new BarrierInstruction(x.Read(0, PtxType.U32), threads, Slot.None, Slot.None)
        {
            Waits = waits,
            IsAligned = aligned,
            Reduce = BarrierInstruction.Reduction.None,
            IsPredicateNegated = false,
        };
    }

    private static BarrierInstruction Reduce(DecodeContext x, bool aligned)
    {
        BarrierInstruction.Reduction reduction = x.TakeAny("popc", "and", "or") switch
        {
            "popc" => BarrierInstruction.Reduction.Popc,
            "and" => BarrierInstruction.Reduction.And,
            "or" => BarrierInstruction.Reduction.Or,
            _ => throw x.Unsupported(),
        };
        int predicate = x.OperandCount - 1;
        Slot threads = predicate == 3 ? x.Read(2, PtxType.U32) : Slot.None;
        Slot barrier = x.Read(1, PtxType.U32);
        Slot source = x.Read(predicate, PtxType.Pred);
        return new BarrierInstruction(barrier, threads, source, x.Write(0))
        {
            Waits = true,
            IsAligned = aligned,
            Reduce = reduction,
            IsPredicateNegated = x.IsNegated(predicate),
        };
    }

    private static Instruction Fence(DecodeContext x)
    {
        bool block = x.Take("cta");
        if (!block && x.TakeAny("gl", "sys", "gpu") is null)
            throw x.Unsupported();
        x.TakeAny("sc", "acq_rel", "acquire", "release");
        return new FenceInstruction { IsWide = !block };
    }
}
