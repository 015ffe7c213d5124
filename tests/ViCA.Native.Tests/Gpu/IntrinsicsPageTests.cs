using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu;

/// <summary>docs/intrinsics.md is made from the rows that the compiler emits, and from what is written above them.</summary>
public sealed partial class IntrinsicsPageTests
{
    private const string Heading = """
        # Intrinsics of the kernel language

        Each row is the `[Ptx]` attribute of a declaration in `src/ViCA.Native.Gpu/Language`: the compiler emits it, the IR
        verifier reads its effect, the emulator runs the text, and a test makes this page from it. `{0}` is the result,
        `{1}`, `{2}`, … are the arguments. *Convergent*: other lanes of the warp take part. *Barrier*: it orders threads or
        memory accesses. Members without a row of their own (loads, stores, atomics, `Select`, `Unroll`, `Registers`) are
        built by the compiler: `docs/compiler.md`.

        """;

    [Fact]
    public void ThePage_IsMadeFromTheRows()
    {
        XDocument comments = XDocument.Load(Path.ChangeExtension(typeof(PtxAttribute).Assembly.Location, ".xml"));
        Dictionary<string, XElement> members = comments.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        StringBuilder page = new(Heading);
        var rows = typeof(PtxAttribute).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Row: method.GetCustomAttribute<PtxAttribute>()!))
            .Where(row => row.Row is not null)
            .OrderBy(row => row.Method.MetadataToken)
            .GroupBy(row => row.Method.DeclaringType!.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var type in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {type.Key}\n\n| C# | PTX | | |\n|---|---|---|---|\n");
            foreach ((MethodInfo method, PtxAttribute row) in type)
                page.Append(CultureInfo.InvariantCulture, $"| `{Signature(method)}` | `{Cell(row.Template)}` | {Needs(row)} | {Cell(Summary(method, members))} |\n");
        }

        string actual = Path.Combine(RepositoryPaths.Root, ".build", "intrinsics.md");
        Directory.CreateDirectory(Path.GetDirectoryName(actual)!);
        File.WriteAllText(actual, page.ToString());
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "intrinsics.md")), page.ToString());
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Needs(PtxAttribute row)
    {
        List<string> needs = [];
        if (row.Effect != PtxEffect.None)
            needs.Add($"*{row.Effect.ToString().ToLowerInvariant()}*");
        if (row.Target != default)
            needs.Add(row.Target == GpuTarget.Sm90a ? "sm_90a" : "sm_80");
        if (row.Immediate > 0)
            needs.Add($"`{{{row.Immediate}}}` a constant");
        return string.Join(", ", needs);
    }

    private static string Signature(MethodInfo method)
    {
        if (method.IsSpecialName)
            return $"{Name(method.ReturnType)} {method.Name["get_".Length..]}";
        IEnumerable<string> parameters = method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}");
        return $"{Name(method.ReturnType)} {method.Name}({string.Join(", ", parameters)})";
    }

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(void) => "void",
        _ when type == typeof(int) => "int",
        _ when type == typeof(uint) => "uint",
        _ when type == typeof(long) => "long",
        _ when type == typeof(ulong) => "ulong",
        _ when type == typeof(ushort) => "ushort",
        _ when type == typeof(float) => "float",
        _ when type == typeof(bool) => "bool",
        _ => type.Name,
    };

    private static string Summary(MethodInfo method, Dictionary<string, XElement> members)
    {
        XElement? comment = members.GetValueOrDefault(CommentId(method));
        if (comment?.Element("inheritdoc")?.Attribute("cref") is { } other)
            comment = members.GetValueOrDefault(other.Value);
        Assert.True(comment?.Element("summary") is not null, $"{CommentId(method)} has no summary");
        string text = string.Concat(comment!.Element("summary")!.Nodes().Select(node => node switch
        {
            XElement reference => $"`{(reference.Attribute("name") ?? reference.Attribute("cref") ?? reference.Attribute("langword"))?.Value.Split('.')[^1] ?? reference.Value}`",
            _ => node.ToString(),
        }));
        return Blanks().Replace(text, " ").Trim();
    }

    private static string CommentId(MethodInfo method)
    {
        if (method.IsSpecialName)
            return $"P:{method.DeclaringType!.FullName}.{method.Name["get_".Length..]}";
        string parameters = string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName));
        return $"M:{method.DeclaringType!.FullName}.{method.Name}{(parameters.Length > 0 ? $"({parameters})" : "")}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
