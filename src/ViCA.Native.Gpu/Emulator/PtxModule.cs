using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>PTX text, parsed: what is in it, not yet made executable.</summary>
public sealed class PtxModule
{
    internal PtxModule(
        Version version,
        string target,
        IReadOnlyList<PtxVariable> variables,
        IReadOnlyDictionary<string, PtxFunction> functions)
    {
        Version = version;
        Target = target;
        Variables = variables;
        Functions = functions;
        Entries = functions.Values.Where(function => function.IsEntry && function.Body is not null)
            .ToDictionary(function => function.Name, function => new PtxEntry(function, this), StringComparer.Ordinal);
    }

    /// <summary>The <c>.version</c>.</summary>
    public Version Version { get; }

    /// <summary>The <c>.target</c>, e.g. <c>sm_80</c>.</summary>
    public string Target { get; }

    /// <summary>The kernels by name.</summary>
    public IReadOnlyDictionary<string, PtxEntry> Entries { get; }

    internal IReadOnlyList<PtxVariable> Variables { get; }

    internal IReadOnlyDictionary<string, PtxFunction> Functions { get; }

    /// <summary>
    /// Reads PTX up to <c>.version 9.0</c>. Throws <see cref="PtxFormatException"/> with the line. Instructions that
    /// the emulator does not have are refused later, when an entry that uses them is launched.
    /// </summary>
    public static PtxModule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PtxParser(text).Parse();
    }
}
