using System.Text.Json;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Cli.Output;

/// <summary>What the cases of a PTX description gave, for people and for programs.</summary>
internal static class PtxResults
{
    /// <summary>One line per case, then what is wrong, then the counters.</summary>
    public static void Write(TextWriter output, IReadOnlyList<PtxCaseResult> results)
    {
        List<string[]> rows = [["case", "arch", "result", "outputs", "findings"]];
        rows.AddRange(results.Select(result => (string[])
        [
            result.Name,
            result.Target.Spelling(),
            result.NotRun is not null ? "not run" : result.Passed ? "passed" : "failed",
            $"{result.Outputs.Count(output => output.IsEqual)}/{result.Outputs.Count}",
            $"{result.Findings.Count}",
        ]));
        Columns.Write(output, rows, 3, 4);
        foreach (PtxCaseResult result in results)
            WriteDetails(output, result);
        WriteCounters(output, results);
    }

    /// <summary>The properties `name` and `cases`.</summary>
    public static void WriteJson(Utf8JsonWriter json, string name, IReadOnlyList<PtxCaseResult> results)
    {
        json.WriteString("name", name);
        json.WriteBoolean("passed", !results.Any(result => result.Failed));
        json.WriteStartArray("cases");
        foreach (PtxCaseResult result in results)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Name);
            json.WriteString("arch", result.Target.Spelling());
            json.WriteBoolean("passed", result.Passed);
            if (result.NotRun is { } reason)
                json.WriteString("notRun", reason);
            WriteOutputs(json, result.Outputs);
            WriteFindings(json, result.Findings);
            WriteCounters(json, result.Counters);
            if (result.Profile is { } profile)
                WriteTotals(json, profile);
            if (result.Refusal is { } refusal)
            {
                json.WriteStartObject("error");
                json.WriteString("code", refusal.Code);
                json.WriteString("message", refusal.Message);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDetails(TextWriter output, PtxCaseResult result)
    {
        string who = $"{result.Name} {result.Target.Spelling()}";
        if (result.NotRun is { } reason)
            output.WriteLine($"{who}: not run, {reason}");
        if (result.Refusal is { } refusal)
            output.WriteLine($"{who}: [{refusal.Code}] {refusal.Message}");
        foreach (PtxOutputResult buffer in result.Outputs)
        {
            if (buffer.FirstDifference is not { } difference)
                continue;
            string what = difference.What is null ? "" : $" ({difference.What})";
            string optional = buffer.IsOptional ? ", which the ISA leaves open" : "";
            output.WriteLine(
                $"{who}: {buffer.Buffer}[{difference.Index}]{what} = {difference.Actual} "
                + $"(expected {difference.Expected}){optional}");
        }
        foreach (EmulatorFinding finding in result.Findings)
        {
            string source = finding.File is null ? "" : $"{finding.File}:{finding.Line}, ";
            output.WriteLine($"{who}: {finding.Kind} at {source}PTX line {finding.PtxLine}: {finding.Message}");
        }
    }

    private static void WriteCounters(TextWriter output, IReadOnlyList<PtxCaseResult> results)
    {
        List<string[]> rows =
        [
            .. from result in results
               from counter in result.Counters
               let row = counter.Counters
               select (string[])
               [
                   result.Name,
                   row.Instruction,
                   Text(row.Requests),
                   Text(row.Sectors),
                   Text(row.BytesUsed),
                   Text(row.Bytes),
                   Text(row.Wavefronts),
                   Text(row.Conflicts),
                   counter.IsEqual ? "" : $"expected {Expected(counter.Expected)}",
               ],
        ];
        if (rows.Count == 0)
            return;
        output.WriteLine();
        string[] head = ["case", "", "requests", "sectors", "bytes used", "moved", "wavefronts", "conflicts"];
        Columns.Write(output, [head, .. rows], 2, 3, 4, 5, 6, 7);
        output.WriteLine();
        foreach (PtxCaseResult result in results)
        {
            if (result.Profile is not { } profile)
                continue;
            string classes = string.Join(
                ", ", profile.ByClass().Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));
            string work = FormattableString.Invariant(
                $"{profile.LaneInstructions} by lanes, {profile.FloatingPointOperations} floating-point operations");
            output.WriteLine($"{result.Name}: {Text(profile.WarpInstructions)} warp instructions ({classes}), {work}");
        }
    }

    private static string Text(long value) => FormattableString.Invariant($"{value}");

    private static string Expected(IReadOnlyDictionary<string, long> values) =>
        string.Join(", ", values.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    private static void WriteOutputs(Utf8JsonWriter json, IReadOnlyList<PtxOutputResult> outputs)
    {
        json.WriteStartArray("outputs");
        foreach (PtxOutputResult output in outputs)
        {
            json.WriteStartObject();
            json.WriteString("buffer", output.Buffer);
            json.WriteBoolean("equal", output.IsEqual);
            if (output.FirstDifference is { } difference)
            {
                json.WriteStartObject("firstDifference");
                json.WriteNumber("index", difference.Index);
                json.WriteString("expected", difference.Expected);
                json.WriteString("actual", difference.Actual);
                json.WriteString("what", difference.What);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("firstDifference");
            }
            if (output.IsOptional)
                json.WriteBoolean("optional", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<EmulatorFinding> findings)
    {
        json.WriteStartArray("findings");
        foreach (EmulatorFinding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind);
            json.WriteNumber("ptxLine", finding.PtxLine);
            json.WriteString("file", finding.File);
            if (finding.File is null)
                json.WriteNull("line");
            else
                json.WriteNumber("line", finding.Line);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTotals(Utf8JsonWriter json, EmulatorCounters profile)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("warpInstructions", profile.WarpInstructions);
        json.WriteNumber("laneInstructions", profile.LaneInstructions);
        json.WriteNumber("floatingPointOperations", profile.FloatingPointOperations);
        json.WriteStartObject("classes");
        foreach ((InstructionClass kind, long count) in profile.ByClass())
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter json, IReadOnlyList<PtxCounterResult> counters)
    {
        json.WriteStartArray("counters");
        foreach (PtxCounterResult counter in counters)
        {
            InstructionCounters row = counter.Counters;
            json.WriteStartObject();
            json.WriteString("instruction", row.Instruction);
            json.WriteBoolean("equal", counter.IsEqual);
            json.WriteNumber("requests", row.Requests);
            json.WriteNumber("activeLanes", row.ActiveLanes);
            json.WriteNumber("sectors", row.Sectors);
            json.WriteNumber("bytesUsed", row.BytesUsed);
            json.WriteNumber("bytes", row.Bytes);
            json.WriteNumber("wavefronts", row.Wavefronts);
            json.WriteNumber("conflicts", row.Conflicts);
            if (row.Requests > 0)
                json.WriteNumber("wavefrontsPerRequest", (double)row.Wavefronts / row.Requests);
            if (counter.Expected.Count > 0)
            {
                json.WriteStartObject("expected");
                foreach ((string name, long value) in counter.Expected)
                    json.WriteNumber(name, value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
