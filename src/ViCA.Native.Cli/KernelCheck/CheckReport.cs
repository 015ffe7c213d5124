using System.Globalization;
using System.Text.Json;
using ViCA.Native.Cli.Output;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>All that a check found, as a table and as JSON.</summary>
/// <param name="Device">Where the kernels ran.</param>
/// <param name="Results">One for each case.</param>
/// <param name="Started">When the check began.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record CheckReport(
    CheckedDevice Device, IReadOnlyList<CaseResult> Results, DateTimeOffset Started, double Seconds)
{
    /// <summary>Whether every case passed.</summary>
    public bool Passed => Results.All(result => result.Passed);

    /// <summary>`2026-01-31-nvidia-h200`, for file names.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Started:yyyy-MM-dd}-{Device.FileName}");

    /// <summary>Writes it to a console, as JSON where that is asked for.</summary>
    public void Write(CliConsole console)
    {
        if (console.Json)
            console.WriteJson(WriteJson);
        else
            WriteText(console.Output);
    }

    /// <summary>The device, a row for each launch, what is wrong, and the counts.</summary>
    public void WriteText(TextWriter output)
    {
        WriteDevice(output);
        List<string[]> rows =
        [
            ["case", "kernel", "result", "against", "difference", "us", "GB/s", "GFLOP/s", "share", "of", "regs", "local", "shared"],
        ];
        foreach (CaseResult result in Results)
            rows.AddRange(Rows(result));
        Columns.Write(output, rows, 4, 5, 6, 7, 8, 10, 11, 12);
        foreach (CaseResult result in Results.Where(result => result.Message is not null))
            output.WriteLine($"{result.Name}: {result.Message}");
        output.WriteLine(FormattableString.Invariant(
            $"{Results.Count(result => result.Passed)} passed, {Results.Count(result => !result.Passed)} failed in {Seconds:0} s"));
    }

    /// <summary>The same, as properties of an object.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("started", Started);
        json.WriteNumber("seconds", Math.Round(Seconds, 1));
        json.WriteBoolean("passed", Passed);
        json.WriteStartObject("device");
        json.WriteString("name", Device.Name);
        json.WriteString("computeCapability", Device.ComputeCapability);
        json.WriteString("driver", Device.Driver);
        json.WriteString("cuda", Device.Cuda);
        WriteNumber(json, "multiprocessors", Device.Multiprocessors);
        WriteNumber(json, "memoryBytesPerSecond", Device.MemoryBytesPerSecond);
        WriteNumber(json, "operationsPerSecond", Device.OperationsPerSecond);
        json.WriteEndObject();
        json.WriteStartArray("cases");
        foreach (CaseResult result in Results)
            WriteCase(json, result);
        json.WriteEndArray();
    }

    private void WriteDevice(TextWriter output)
    {
        output.WriteLine(Device.ComputeCapability is null
            ? Device.Name
            : $"{Device.Name}, compute capability {Device.ComputeCapability}, {Device.Multiprocessors} multiprocessors");
        if (Device.Cuda is not null)
            output.WriteLine($"driver {Device.Driver ?? "of unknown version"}, CUDA {Device.Cuda}");
        if (Device.MemoryBytesPerSecond is { } memory)
            output.WriteLine(FormattableString.Invariant($"peak of the memory {memory / 1e9:0} GB/s"));
        if (Device.OperationsPerSecond is { } operations)
            output.WriteLine(FormattableString.Invariant($"peak of fp32 FMA {operations / 1e9:0} GFLOP/s"));
    }

    /// <summary>A row for the case and, where it has several launches, one for each.</summary>
    private IEnumerable<string[]> Rows(CaseResult result)
    {
        (string Peak, double Share)? share = Device.ShareOf(result);
        double seconds = (result.Microseconds ?? double.NaN) / 1e6;
        KernelTiming? only = result.Kernels.Count == 1 ? result.Kernels[0] : null;
        yield return
        [
            result.Name,
            only?.Kernel ?? (result.Kernels.Count == 0 ? "" : $"{result.Kernels.Count} launches"),
            result.Passed ? "passed" : "failed",
            result.Exact ? $"{result.Reference}, bits" : result.Reference ?? "",
            Text(result.LargestDifference, "0.0e+0"),
            Text(result.Microseconds, "0.0"),
            Text(result.Bytes / seconds / 1e9, "0.0"),
            Text(result.Operations > 0 ? result.Operations / seconds / 1e9 : null, "0.0"),
            Text(100 * share?.Share, "0") + (share is null ? "" : " %"),
            share?.Peak ?? "",
            Text(only?.Registers, "0"),
            Text(only?.LocalBytes, "0"),
            Text(only?.SharedBytes, "0"),
        ];
        foreach (KernelTiming kernel in only is null ? result.Kernels : [])
        {
            yield return
            [
                "", kernel.Kernel, "", "", "", Text(kernel.Microseconds, "0.0"), "", "", "", "",
                Text(kernel.Registers, "0"), Text(kernel.LocalBytes, "0"), Text(kernel.SharedBytes, "0"),
            ];
        }
    }

    private void WriteCase(Utf8JsonWriter json, CaseResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Name);
        json.WriteBoolean("passed", result.Passed);
        json.WriteString("reference", result.Reference);
        json.WriteBoolean("exact", result.Exact);
        WriteNumber(json, "largestDifference", result.LargestDifference);
        WriteNumber(json, "microseconds", result.Microseconds);
        json.WriteNumber("bytes", result.Bytes);
        json.WriteNumber("operations", result.Operations);
        if (Device.ShareOf(result) is var (peak, share))
        {
            json.WriteString("peak", peak);
            WriteNumber(json, "share", share);
        }

        json.WriteStartArray("kernels");
        foreach (KernelTiming kernel in result.Kernels)
        {
            json.WriteStartObject();
            json.WriteString("kernel", kernel.Kernel);
            WriteNumber(json, "microseconds", kernel.Microseconds);
            WriteNumber(json, "registers", kernel.Registers);
            WriteNumber(json, "localBytes", kernel.LocalBytes);
            WriteNumber(json, "sharedBytes", kernel.SharedBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("message", result.Message);
        json.WriteEndObject();
    }

    /// <summary>A number, or null where there is none that JSON could say.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Text(double? value, string format) =>
        value is { } number && !double.IsNaN(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "";
}
