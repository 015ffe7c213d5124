using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Exchange within a warp (PTX ISA 9.7.9.6 and 9.7.13).</summary>
internal static class WarpFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("shfl", Shuffle);
        families.Add("vote", Vote);
        families.Add("match", Match);
        families.Add("redux", Reduce);
        families.Add("elect", Elect);
        families.Add("activemask", x => new ActiveMaskInstruction(x.Write(0)));
    }

    private static void RequireSync(DecodeContext x)
    {
        if (!x.Take("sync"))
            throw x.Unsupported();
    }

    private static (Slot First, Slot Second) Destinations(DecodeContext x) => x.Operand(0) is PtxOperand.PairOperand pair
        ? (x.Write(pair.First), x.Write(pair.Second))
        : (x.Write(0), Slot.None);

    private static Instruction Shuffle(DecodeContext x)
    {
        RequireSync(x);
        ShuffleInstruction.Mode mode = x.TakeAny("up", "down", "bfly", "idx") switch
        {
            "up" => ShuffleInstruction.Mode.Up,
            "down" => ShuffleInstruction.Mode.Down,
            "bfly" => ShuffleInstruction.Mode.Butterfly,
            "idx" => ShuffleInstruction.Mode.Index,
            _ => throw x.Unsupported(),
        };
        Slot a = x.Read(1, PtxType.B32);
        Slot b = x.Read(2, PtxType.B32);
        Slot c = x.Read(3, PtxType.B32);
        Slot members = x.Read(4, PtxType.B32);
        (Slot d, Slot p) = Destinations(x);
        return new ShuffleInstruction(mode, d, p, a, b, c, members);
    }

    private static Instruction Vote(DecodeContext x)
    {
        RequireSync(x);
        VoteInstruction.Mode mode = x.TakeAny("all", "any", "uni", "ballot") switch
        {
            "all" => VoteInstruction.Mode.All,
            "any" => VoteInstruction.Mode.Any,
            "uni" => VoteInstruction.Mode.Uniform,
            "ballot" => VoteInstruction.Mode.Ballot,
            _ => throw x.Unsupported(),
        };
        Slot predicate = x.Read(1, PtxType.Pred);
        Slot members = x.Read(2, PtxType.B32);
        return new VoteInstruction(mode, x.Write(0), predicate, x.IsNegated(1), members);
    }

    private static Instruction Match(DecodeContext x)
    {
        RequireSync(x);
        bool all = x.Take("all");
        if (!all && !x.Take("any"))
            throw x.Unsupported();
        Slot a = x.Read(1, x.Type);
        Slot members = x.Read(2, PtxType.B32);
        (Slot d, Slot p) = Destinations(x);
        return new MatchInstruction(all, d, p, a, members);
    }

    private static Instruction Reduce(DecodeContext x)
    {
        RequireSync(x);
        bool signed = x.Type.IsSigned();
        Func<uint, uint, uint> function = x.TakeAny("add", "min", "max", "and", "or", "xor") switch
        {
            "add" => (a, b) => a + b,
            "min" when signed => (a, b) => (uint)Math.Min((int)a, (int)b),
            "min" => Math.Min,
            "max" when signed => (a, b) => (uint)Math.Max((int)a, (int)b),
            "max" => Math.Max,
            "and" => (a, b) => a & b,
            "or" => (a, b) => a | b,
            "xor" => (a, b) => a ^ b,
            _ => throw x.Unsupported(),
        };
        Slot source = x.Read(1, x.Type);
        Slot members = x.Read(2, PtxType.B32);
        return new ReduceInstruction(function, x.Write(0), source, members);
    }

    private static Instruction Elect(DecodeContext x)
    {
        RequireSync(x);
        Slot members = x.Read(1, PtxType.B32);
        (Slot d, Slot p) = Destinations(x);
        return new ElectInstruction(d, p, members);
    }
}
