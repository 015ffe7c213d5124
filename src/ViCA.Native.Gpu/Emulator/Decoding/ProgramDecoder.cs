using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Makes one kernel and all that it may call executable.</summary>
internal sealed class ProgramDecoder
{
    private readonly PtxModule _module;
    private readonly Dictionary<string, FunctionCode> _functions = new(StringComparer.Ordinal);
    private readonly Queue<PtxFunction> _pending = new();
    private readonly ulong _parameterBlock;
    private readonly Dictionary<string, PtxParameter> _parameters;

    public ProgramDecoder(PtxModule module, PtxEntry entry, ModuleData data, ulong parameterBlock)
    {
        _module = module;
        Entry = entry;
        Data = data;
        _parameterBlock = parameterBlock;
        _parameters = entry.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
    }

    public PtxEntry Entry { get; }

    public ModuleData Data { get; }

    public ulong ParameterBlock => _parameterBlock;

    /// <summary>All functions that have been decoded.</summary>
    public IReadOnlyCollection<FunctionCode> Functions => _functions.Values;

    /// <summary>The kernel. Throws <see cref="PtxFormatException"/> for what the emulator does not have.</summary>
    public FunctionCode Decode()
    {
        FunctionCode code = Request(Entry.Function);
        while (_pending.TryDequeue(out PtxFunction? function))
            new FunctionDecoder(this, function, _functions[function.Name]).Decode();
        return code;
    }

    /// <summary>The code of a function that is called; it is decoded later.</summary>
    public FunctionCode? Find(string name) =>
        _module.Functions.TryGetValue(name, out PtxFunction? function) && function.Body is not null
            ? Request(function)
            : null;

    /// <summary>The value of a function's name as an operand.</summary>
    public bool TryFunctionAddress(string name, out ulong address)
    {
        if (Data.TryFunctionAddress(name, out address))
            return Find(name) is not null;
        return false;
    }

    /// <summary>Address of a parameter of the kernel.</summary>
    public ulong ParameterAddress(PtxVariable variable) =>
        _parameterBlock + (ulong)_parameters[variable.Name].Offset;

    /// <summary>For calls through addresses: every function by the index in its address.</summary>
    public FunctionCode[] DecodeTable()
    {
        FunctionCode[] table = [.. Data.FunctionNames.Select(name => Find(name) ?? new FunctionCode(name))];
        Decode();
        return table;
    }

    private FunctionCode Request(PtxFunction function)
    {
        if (_functions.TryGetValue(function.Name, out FunctionCode? code))
            return code;
        code = new FunctionCode(function.Name);
        _functions.Add(function.Name, code);
        _pending.Enqueue(function);
        return code;
    }
}
