namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>The names of one pair of braces; inner ones hide outer ones (PTX ISA 4.1 and 7.1).</summary>
internal sealed class PtxScope(PtxScope? parent)
{
    private readonly Dictionary<string, PtxRegister> _registers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (PtxType Type, int Count)> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PtxVariable> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<PtxOperand>> _vectors = new(StringComparer.Ordinal);

    /// <summary>Labels and the index of the instruction that follows each.</summary>
    public Dictionary<string, int> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>Tables made by <c>.branchtargets</c>.</summary>
    public Dictionary<string, IReadOnlyList<string>> BranchTables { get; } = new(StringComparer.Ordinal);

    public PtxScope? Parent => parent;

    public void Declare(PtxRegister register) => _registers[register.Name] = register;

    /// <summary>Declares <c>prefix0</c> to <c>prefix(count - 1)</c>.</summary>
    public void DeclareRange(string prefix, int count, PtxType type) => _ranges[prefix] = (type, count);

    public void Declare(PtxVariable variable)
    {
        _variables[variable.Name] = variable;
        if (variable.Register is not null)
            Declare(variable.Register);
    }

    /// <summary>Declares a vector register by its elements.</summary>
    public void DeclareVector(string name, IReadOnlyList<PtxOperand> elements) => _vectors[name] = elements;

    public PtxRegister? FindRegister(string name)
    {
        for (PtxScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._registers.TryGetValue(name, out PtxRegister? register))
                return register;
            if (scope.FindInRanges(name) is PtxRegister found)
                return found;
        }
        return null;
    }

    public PtxVariable? FindVariable(string name)
    {
        for (PtxScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._variables.TryGetValue(name, out PtxVariable? variable))
                return variable;
        }
        return null;
    }

    public IReadOnlyList<PtxOperand>? FindVector(string name)
    {
        for (PtxScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._vectors.TryGetValue(name, out IReadOnlyList<PtxOperand>? elements))
                return elements;
        }
        return null;
    }

    /// <summary>The instruction that a label stands in front of, or null.</summary>
    public int? FindLabel(string name)
    {
        for (PtxScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Labels.TryGetValue(name, out int index))
                return index;
        }
        return null;
    }

    public IReadOnlyList<string>? FindBranchTable(string name)
    {
        for (PtxScope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.BranchTables.TryGetValue(name, out IReadOnlyList<string>? table))
                return table;
        }
        return null;
    }

    private PtxRegister? FindInRanges(string name)
    {
        int digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1]))
            digits--;
        for (int start = digits; start < name.Length; start++)
        {
            bool canonical = name[start] != '0' || start == name.Length - 1;
            if (!canonical || !_ranges.TryGetValue(name[..start], out (PtxType Type, int Count) range))
                continue;
            if (!int.TryParse(name.AsSpan(start), out int index) || index >= range.Count)
                continue;
            PtxRegister register = new(name, range.Type);
            _registers[name] = register;
            return register;
        }
        return null;
    }
}
