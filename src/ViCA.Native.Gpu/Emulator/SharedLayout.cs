using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>
/// Where an entry's shared variables lie: those that it and the functions it can reach name, in order of first use;
/// arrays without a length start behind them, all at one address (PTX ISA 5.1.7).
/// </summary>
internal sealed class SharedLayout
{
    private readonly Dictionary<PtxVariable, int> _offsets = [];
    private readonly List<PtxVariable> _unsized = [];
    private readonly HashSet<PtxFunction> _visited = [];
    private readonly PtxModule _module;

    public SharedLayout(PtxModule module, PtxFunction entry)
    {
        _module = module;
        if (ReachesUnknown(module, entry))
        {
            foreach (PtxFunction function in module.Functions.Values.Where(function => !function.IsEntry))
                Visit(function);
        }
        Visit(entry);
        int dynamicAlignment = _unsized.Select(variable => variable.Alignment).DefaultIfEmpty(1).Max();
        int start = Align(Bytes, Math.Max(1, dynamicAlignment));
        foreach (PtxVariable variable in _unsized)
            _offsets[variable] = start;
        DynamicStart = _unsized.Count > 0 ? start : Bytes;
    }

    /// <summary>Bytes with a size of their own.</summary>
    public int Bytes { get; private set; }

    /// <summary>First byte of the dynamic part.</summary>
    public int DynamicStart { get; }

    public int OffsetOf(PtxVariable variable) => _offsets[variable];

    private static bool ReachesUnknown(PtxModule module, PtxFunction entry) => module.Functions.Count > 1
        && module.Functions.Values.Append(entry).Any(function => function.Body is not null
            && function.Body.Any(instruction => instruction.Opcode.StartsWith("call", StringComparison.Ordinal)
                && instruction.Operands.Any(operand => operand is PtxOperand.RegisterOperand)));

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    private void Visit(PtxFunction function)
    {
        if (!_visited.Add(function) || function.Body is null)
            return;
        foreach (PtxOperand operand in function.Body.SelectMany(instruction => instruction.Operands))
            Visit(operand);
    }

    private void Visit(PtxOperand? operand)
    {
        switch (operand)
        {
            case PtxOperand.VariableOperand { Variable.Space: StateSpace.Shared } found:
                Place(found.Variable);
                break;
            case PtxOperand.NameOperand name when _module.Functions.TryGetValue(name.Name, out PtxFunction? called):
                Visit(called);
                break;
            case PtxOperand.AddressOperand address:
                Visit(address.Base);
                break;
            case PtxOperand.VectorOperand vector:
                foreach (PtxOperand element in vector.Elements)
                    Visit(element);
                break;
        }
    }

    private void Place(PtxVariable variable)
    {
        if (variable.Bytes == 0)
        {
            if (!_unsized.Contains(variable))
                _unsized.Add(variable);
            return;
        }
        if (_offsets.ContainsKey(variable))
            return;
        int offset = Align(Bytes, Math.Max(1, variable.Alignment));
        _offsets[variable] = offset;
        Bytes = offset + variable.Bytes;
    }
}
