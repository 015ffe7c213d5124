using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>A kernel of a <see cref="PtxModule"/>.</summary>
public sealed class PtxEntry
{
    private readonly Lazy<SharedLayout> _shared;

    internal PtxEntry(PtxFunction function, PtxModule module)
    {
        Function = function;
        Parameters = Layout(function.Parameters);
        _shared = new Lazy<SharedLayout>(() => new SharedLayout(module, function));
    }

    /// <summary>Its name.</summary>
    public string Name => Function.Name;

    /// <summary>In order, each at the next multiple of its alignment.</summary>
    public IReadOnlyList<PtxParameter> Parameters { get; }

    /// <summary>Size of the parameter block in bytes.</summary>
    public int ParameterBytes => Parameters.Count == 0 ? 0 : Parameters[^1].Offset + Parameters[^1].Bytes;

    /// <summary><c>.reqntid</c>: the only block size that a launch may have, or null.</summary>
    public Dim3? RequiredBlock => Extent("reqntid");

    /// <summary><c>.maxntid</c>: the product is the largest number of threads, or null.</summary>
    public Dim3? MaximumBlock => Extent("maxntid");

    /// <summary>Bytes of shared memory that the entry and what it calls declare with a size.</summary>
    public int StaticSharedBytes => _shared.Value.Bytes;

    internal PtxFunction Function { get; }

    internal SharedLayout Shared => _shared.Value;

    private Dim3? Extent(string directive) => Function.Directives.TryGetValue(directive, out int[]? values)
        ? new Dim3(values.ElementAtOrDefault(0), values.Length > 1 ? values[1] : 1, values.Length > 2 ? values[2] : 1)
        : null;

    private static List<PtxParameter> Layout(IReadOnlyList<PtxVariable> variables)
    {
        List<PtxParameter> parameters = [];
        int offset = 0;
        foreach (PtxVariable variable in variables)
        {
            int alignment = Math.Max(1, variable.Alignment);
            offset = (offset + alignment - 1) / alignment * alignment;
            parameters.Add(new PtxParameter(variable.Name, offset, variable.Bytes, alignment));
            offset += variable.Bytes;
        }
        return parameters;
    }
}
