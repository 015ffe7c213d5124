using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>The <c>.global</c> and <c>.const</c> variables of a module in memory, with their initial values.</summary>
internal sealed class ModuleData
{
    private readonly EmulatedMemory _memory;
    private readonly Dictionary<string, ulong> _addresses = new(StringComparer.Ordinal);
    private readonly List<string> _functionNames;
    private readonly PtxModule _module;

    public ModuleData(PtxModule module, EmulatedMemory memory)
    {
        _module = module;
        _memory = memory;
        _functionNames = [.. module.Functions.Values.Where(function => !function.IsEntry)
            .Select(function => function.Name)];
        List<PtxVariable> variables =
            [.. module.Variables.Where(variable => variable.Space is StateSpace.Global or StateSpace.Const)];
        foreach (PtxVariable variable in variables.Where(variable => !variable.IsExtern))
            _addresses[variable.Name] = memory.Allocate(variable.Bytes);
        foreach (PtxVariable variable in variables.Where(variable => !variable.IsExtern))
            Initialise(variable);
    }

    public EmulatedMemory Memory => _memory;

    /// <summary>Names of functions by the index in their address.</summary>
    public IReadOnlyList<string> FunctionNames => _functionNames;

    public ulong AddressOf(PtxVariable variable) => _addresses.TryGetValue(variable.Name, out ulong address)
        ? address
        : throw new PtxFormatException(ErrorCodes.PtxUnsupported, variable.Line,
            $"PTX line {variable.Line}: {variable.Name} is defined in another module; link the modules first");

    /// <summary>The space of what lies at the start of an allocation.</summary>
    public StateSpace SpaceOf(ulong start) => _module.Variables.Any(variable => variable.Space == StateSpace.Const
        && _addresses.GetValueOrDefault(variable.Name) == start)
        ? StateSpace.Const
        : StateSpace.Global;

    public bool TryFunctionAddress(string name, out ulong address)
    {
        int index = _functionNames.IndexOf(name);
        address = AddressWindows.Function + ((ulong)index * 16);
        return index >= 0;
    }

    public void Free()
    {
        foreach (ulong address in _addresses.Values)
            _memory.Free(address);
        _addresses.Clear();
    }

    private void Initialise(PtxVariable variable)
    {
        byte[] bytes = new byte[variable.Bytes];
        int size = variable.Type.Bytes();
        int offset = 0;
        foreach (PtxInitialValue value in variable.Initialiser ?? [])
        {
            ulong bits = ValueOf(value, variable);
            if (value.Shift >= 0)
                bits = bits >> value.Shift & 0xff;
            for (int i = 0; i < size && offset + i < bytes.Length; i++)
                bytes[offset + i] = (byte)(bits >> (8 * i));
            offset += size;
        }
        _memory.Write(_addresses[variable.Name], bytes);
    }

    private ulong ValueOf(PtxInitialValue value, PtxVariable variable)
    {
        if (value.Symbol is null)
            return value.Value;
        if (_addresses.TryGetValue(value.Symbol, out ulong address))
            return unchecked(address + value.Value);
        if (TryFunctionAddress(value.Symbol, out address))
            return address;
        bool isKnown = _module.Variables.Any(other => other.Name == value.Symbol);
        throw new PtxFormatException(isKnown ? ErrorCodes.PtxUnsupported : ErrorCodes.PtxSyntax, variable.Line,
            $"PTX line {variable.Line}: {variable.Name} is initialised with '{value.Symbol}', which has no address; "
            + "define it in this module");
    }
}
