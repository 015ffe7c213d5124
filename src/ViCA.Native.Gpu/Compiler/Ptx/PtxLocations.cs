using System.Globalization;
using System.Text;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Ptx;

/// <summary>
/// The <c>.file</c> and <c>.loc</c> directives: the C# line of every instruction, and the chain of calls through which
/// it was inlined. A place that an <c>inlined_at</c> names must have a <c>.loc</c> of its own before (PTX ISA, .loc).
/// </summary>
internal sealed class PtxLocations(LineTable lines)
{
    private readonly List<string> _files = [];
    private readonly List<string> _functions = [];
    private readonly HashSet<(int File, int Line, int Column)> _written = [];
    private string _last = "";

    /// <summary>Says where the instructions that follow come from, if that differs from the last place.</summary>
    public void Write(StringBuilder text, SourceLocation? location)
    {
        if (location is null || Describe(location) is not { } place || place == _last)
            return;
        if (location.Caller is not null)
            WriteCallers(text, location.Caller);
        text.Append(place);
        _last = place;
    }

    /// <summary>The files, in the order of their first use.</summary>
    public void WriteFiles(StringBuilder text)
    {
        for (int i = 0; i < _files.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $".file {i + 1} \"{_files[i]}\"\n");
        if (_files.Count > 0)
            text.Append('\n');
    }

    /// <summary>The names of the inlined functions.</summary>
    public void WriteStrings(StringBuilder text)
    {
        if (_functions.Count == 0)
            return;
        text.Append("\n.section .debug_str\n{\n");
        for (int i = 0; i < _functions.Count; i++)
        {
            IEnumerable<string> bytes = Encoding.UTF8.GetBytes(_functions[i]).Append((byte)0)
                .Select(value => value.ToString(CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"$function{i}:\n    .b8 {string.Join(", ", bytes)}\n");
        }

        text.Append("}\n");
    }

    private void WriteCallers(StringBuilder text, SourceLocation caller)
    {
        if (caller.Caller is not null)
            WriteCallers(text, caller.Caller);
        if (lines.Find(caller) is not { } place || !_written.Add((File(place.File), place.Line, place.Column)))
            return;
        text.Append(Describe(caller));
    }

    private string? Describe(SourceLocation location)
    {
        if (lines.Find(location) is not { } place)
            return null;
        int file = File(place.File);
        string position = FormattableString.Invariant($"    .loc {file} {place.Line} {place.Column}");
        if (location.Caller is null || lines.Find(location.Caller) is not { } call)
            return position + "\n";
        string method = $"{location.Method.DeclaringType?.Name}.{location.Method.Name}";
        int function = _functions.IndexOf(method);
        if (function < 0)
        {
            function = _functions.Count;
            _functions.Add(method);
        }

        return FormattableString.Invariant(
            $"{position}, function_name $function{function}, inlined_at {File(call.File)} {call.Line} {call.Column}\n");
    }

    private int File(string path)
    {
        int index = _files.IndexOf(path);
        if (index >= 0)
            return index + 1;
        _files.Add(path);
        return _files.Count;
    }
}
