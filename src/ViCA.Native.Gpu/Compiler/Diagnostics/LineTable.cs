using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Diagnostics;

/// <summary>C# files and lines of methods, from the portable PDBs beside their assemblies. Each is opened once.</summary>
internal sealed class LineTable : IDisposable
{
    private const int HiddenLine = 0xFEEFEE;

    private readonly Dictionary<Assembly, MetadataReaderProvider?> _symbols = [];
    private readonly Dictionary<MethodBase, List<(int Offset, string File, int Line, int Column)>> _points = [];

    /// <summary>File, line and column of the statement that holds a place; null without symbols.</summary>
    public (string File, int Line, int Column)? Find(SourceLocation location)
    {
        (string File, int Line, int Column)? found = null;
        foreach ((int offset, string file, int line, int column) in PointsOf(location.Method))
        {
            if (offset > location.Offset)
                break;
            found = (file, line, column);
        }

        return found;
    }

    /// <summary>`file:line`, or the method's name without symbols.</summary>
    public string Describe(SourceLocation location) => Find(location) is { } place
        ? $"{place.File}:{place.Line}"
        : $"{location.Method.DeclaringType?.Name}.{location.Method.Name}+0x{location.Offset:x}";

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MetadataReaderProvider? provider in _symbols.Values)
            provider?.Dispose();
    }

    private List<(int Offset, string File, int Line, int Column)> PointsOf(MethodBase method)
    {
        if (_points.TryGetValue(method, out List<(int Offset, string File, int Line, int Column)>? points))
            return points;
        points = [];
        _points.Add(method, points);
        if (SymbolsOf(method.Module.Assembly)?.GetMetadataReader() is not { } reader)
            return points;
        MethodDefinitionHandle handle = (MethodDefinitionHandle)MetadataTokens.Handle(method.MetadataToken);
        foreach (SequencePoint point in reader.GetMethodDebugInformation(handle).GetSequencePoints())
        {
            if (point.IsHidden || point.StartLine == HiddenLine)
                continue;
            string name = reader.GetString(reader.GetDocument(point.Document).Name);
            points.Add((point.Offset, RelativeToRepository(name), point.StartLine, point.StartColumn));
        }

        return points;
    }

    private MetadataReaderProvider? SymbolsOf(Assembly assembly)
    {
        if (_symbols.TryGetValue(assembly, out MetadataReaderProvider? provider))
            return provider;
        string path = Path.ChangeExtension(assembly.Location, ".pdb");
        provider = assembly.Location.Length > 0 && File.Exists(path)
            ? MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(path))
            : null;
        _symbols.Add(assembly, provider);
        return provider;
    }

    /// <summary>From the folder that holds <c>kernels</c>, <c>src</c> or <c>tests</c> on, so that every checkout gives the same text.</summary>
    private static string RelativeToRepository(string path)
    {
        string unified = path.Replace('\\', '/');
        foreach (string folder in (ReadOnlySpan<string>)["/kernels/", "/src/", "/tests/"])
        {
            int at = unified.IndexOf(folder, StringComparison.Ordinal);
            if (at >= 0)
                return unified[(at + 1)..];
        }

        return unified;
    }
}
