using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>One instruction while it is decoded: what of its opcode and operands has been understood.</summary>
internal sealed class DecodeContext
{
    private static readonly Dictionary<string, RoundingMode> Roundings = new(StringComparer.Ordinal)
    {
        ["rn"] = RoundingMode.NearestEven,
        ["rz"] = RoundingMode.TowardZero,
        ["rm"] = RoundingMode.Down,
        ["rp"] = RoundingMode.Up,
        ["rna"] = RoundingMode.NearestAway,
        ["rni"] = RoundingMode.NearestEven,
        ["rzi"] = RoundingMode.TowardZero,
        ["rmi"] = RoundingMode.Down,
        ["rpi"] = RoundingMode.Up,
    };

    private readonly List<string> _modifiers = [];
    private readonly List<Slot> _reads = [];
    private readonly List<Slot> _writes = [];
    private int _operandsUsed;

    public DecodeContext(FunctionDecoder function, PtxInstruction source)
    {
        Function = function;
        Source = source;
        string[] parts = source.Opcode.Split('.');
        Name = parts[0];
        foreach (string part in parts.Skip(1))
        {
            if (PtxTypes.TryParse(part, out PtxType type))
                Types.Add(type);
            else
                _modifiers.Add(part);
        }
    }

    public FunctionDecoder Function { get; }

    public PtxInstruction Source { get; }

    /// <summary>The opcode without its modifiers.</summary>
    public string Name { get; }

    /// <summary>The types among the modifiers, in order.</summary>
    public List<PtxType> Types { get; } = [];

    public PtxType Type => Types.Count > 0 ? Types[0] : throw Unsupported();

    public int OperandCount => Source.Operands.Count;

    /// <summary>Modifiers that nobody has taken yet.</summary>
    public IReadOnlyList<string> Modifiers => _modifiers;

    public IReadOnlyList<Slot> Reads => _reads;

    public IReadOnlyList<Slot> Writes => _writes;

    /// <summary>True when the modifier was there; it is understood then.</summary>
    public bool Take(string modifier) => _modifiers.Remove(modifier);

    /// <summary>The first of these that is there, or null.</summary>
    public string? TakeAny(params ReadOnlySpan<string> modifiers)
    {
        foreach (string modifier in modifiers)
        {
            if (Take(modifier))
                return modifier;
        }
        return null;
    }

    public RoundingMode? TakeRounding()
    {
        foreach ((string word, RoundingMode mode) in Roundings)
        {
            if (Take(word))
                return mode;
        }
        return null;
    }

    /// <summary>Fails when a modifier or an operand is left.</summary>
    public void End()
    {
        if (_modifiers.Count > 0)
            throw Unsupported();
        if (OperandCount > _operandsUsed)
            throw Wrong($"too many operands (found {OperandCount}, expected {_operandsUsed})");
    }

    public PtxFormatException Unsupported() => Unsupported(Source.Opcode);

    public PtxFormatException Unsupported(string what) => new(ErrorCodes.PtxUnsupported, Source.Location.PtxLine,
        $"PTX line {Source.Location.PtxLine}: the emulator does not have {what}; run it on a GPU");

    public PtxFormatException Wrong(string what) =>
        PtxTokenReader.Error(Source.Location.PtxLine, $"{Source.Opcode}: {what}");

    public PtxOperand Operand(int index)
    {
        _operandsUsed = Math.Max(_operandsUsed, index + 1);
        return index < OperandCount ? Source.Operands[index] : throw Wrong($"too few operands ({OperandCount})");
    }

    public bool Has(int index) => index < OperandCount;

    /// <summary>A source operand, as a value of that type.</summary>
    public Slot Read(int index, PtxType type) => Read(Operand(index), type);

    public Slot Read(PtxOperand operand, PtxType type)
    {
        Slot slot = Function.Source(this, operand, type);
        if (operand is PtxOperand.RegisterOperand)
            _reads.Add(slot);
        return slot;
    }

    /// <summary>
    /// A source that has been read but whose value cannot matter: it may be a register that nobody writes, as LLVM leaves it.
    /// </summary>
    public void Ignore(int index)
    {
        if (Operand(index) is PtxOperand.RegisterOperand register)
            _reads.RemoveAt(_reads.FindIndex(slot => slot.Offset == Function.Register(register.Register).Offset));
    }

    /// <summary>The operands that are left say nothing to the emulator.</summary>
    public void TakeOperands() => _operandsUsed = OperandCount;

    /// <summary>Whether <c>.cta</c> is the scope.</summary>
    public bool IsOfBlockScope => Source.Opcode.Contains(".cta", StringComparison.Ordinal);

    /// <summary>Whether a predicate operand stands behind <c>!</c>.</summary>
    public bool IsNegated(int index) => Operand(index) is PtxOperand.RegisterOperand { IsNegated: true };

    /// <summary>A destination; none for <c>_</c>.</summary>
    public Slot Write(int index) => Write(Operand(index));

    public Slot Write(PtxOperand operand)
    {
        if (operand is PtxOperand.SinkOperand)
            return Slot.None;
        if (operand is not PtxOperand.RegisterOperand register)
            throw Wrong("the destination is no register");
        Slot slot = Function.Register(register.Register);
        _writes.Add(slot);
        return slot;
    }

    /// <summary>Fails unless each has that many bytes per lane: what goes for a whole warp at once relies on it.</summary>
    public void RequireBytes(int bytes, params ReadOnlySpan<Slot> slots)
    {
        foreach (Slot slot in slots)
        {
            if (slot.Size != bytes)
                throw Wrong($"an operand is no register of {8 * bytes} bits");
        }
    }

    /// <summary>Elements of a vector operand, or the operand alone.</summary>
    public IReadOnlyList<PtxOperand> Elements(int index) => Operand(index) is PtxOperand.VectorOperand vector
        ? vector.Elements
        : [Operand(index)];

    public PtxOperand.AddressOperand Address(int index) => Operand(index) as PtxOperand.AddressOperand
        ?? throw Wrong("no address in brackets");

    /// <summary>The value of a constant operand.</summary>
    public ulong Constant(int index) => Operand(index) is PtxOperand.ImmediateOperand immediate
        ? immediate.Bits
        : throw Wrong("an operand must be a constant");
}
