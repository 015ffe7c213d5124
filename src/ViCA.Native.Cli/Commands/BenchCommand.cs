using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using ViCA.Native.Cli.Bench;
using ViCA.Native.Cli.Demo;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.Gpu;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica bench`: the hot parts at the real model's shapes, against ceilings of the same run.</summary>
internal sealed class BenchCommand : Verb
{
    private readonly Option<string?> _tokenizer = Opt.Text(
        "--tokenizer", "DIR", "A folder with tokenizer files (the bundled tiny model's).");

    private readonly Option<string?> _video = Opt.Text("--video", "FILE", "The clip to decode (the bundled one).");

    private readonly Option<BenchDevice> _device = Opt.Choice(
        "--device",
        "What to run on: the processor, the PTX emulator, or a GPU, on which only kernels are timed.",
        ("cpu", BenchDevice.Cpu),
        ("emulator", BenchDevice.Emulator),
        ("cuda", BenchDevice.Cuda));

    private readonly Option<bool> _counters = Opt.Flag(
        "--counters", "With --device emulator: what one launch of each kernel does, counted.");

    public BenchCommand()
        : base("bench", "Times matrix products, attention, resize, tokenizer and video decoding: the median of 5 runs, and "
            + "the share of what the processor, the memory or ffmpeg reached in between. Run it on a quiet machine.")
    {
        Add(_tokenizer);
        Add(_video);
        Add(_device);
        Add(_counters);
        Examples = ["vica bench", "vica bench --json", "vica bench --device emulator --counters"];
    }

    private enum BenchDevice
    {
        Cpu,
        Emulator,
        Cuda,
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        BenchDevice device = line.GetValue(_device);
        if (line.GetValue(_counters) && device != BenchDevice.Emulator)
            throw new UsageException(ErrorCodes.UsageConflict, "--counters needs --device emulator");
        if (device == BenchDevice.Cuda)
            return Task.FromResult(GpuBenchmarks.Run(console, cancellationToken));
        if (device == BenchDevice.Emulator)
            RunEmulator(console, line.GetValue(_counters));
        else
            RunProcessor(line, console, cancellationToken);
        return Task.FromResult(ExitCodes.Ok);
    }

    private void RunProcessor(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        DemoFiles demo = DemoFiles.Find();
        BpeTokenizer tokenizer = BpeTokenizer.Load(line.GetValue(_tokenizer) ?? demo.ModelFiles);
        using KernelBenchmarks kernels = new();
        IEnumerable<BenchRow> steps = kernels.Run().Concat(Pipeline(tokenizer, line.GetValue(_video) ?? demo.Video));
        List<BenchRow> rows = [];
        foreach (BenchRow row in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(row);
            console.Notice(string.Join("  ", Cells(row)));
        }

        if (console.Json)
            console.WriteJson(json => WriteJson(json, kernels.Threads, rows));
        else
            Columns.Write(console.Output, [["", "median", "", "share", "of", "ms"], .. rows.Select(Cells)], 1, 3, 5);
    }

    private static void RunEmulator(CliConsole console, bool counters)
    {
        using EmulatorBenchmarks benchmarks = new();
        BenchRow speed = benchmarks.Softmax();
        List<BenchRow> compiling = [.. CompileBenchmarks.Run()];
        List<(string Shape, KernelProfile Profile)> profiles = counters ? [.. benchmarks.Counters()] : [];
        if (console.Json)
        {
            console.WriteJson(json =>
            {
                json.WriteNumber("laneInstructionsPerSecond", Math.Round(speed.Value * 1e6));
                json.WriteStartArray("compile");
                foreach (BenchRow row in compiling)
                {
                    json.WriteStartObject();
                    json.WriteString("name", row.Name);
                    json.WriteNumber("milliseconds", Math.Round(row.Milliseconds, 3));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                CounterTable.WriteJson(json, profiles);
            });
            return;
        }

        Columns.Write(
            console.Output,
            [["", "median", "", "ms"], .. compiling.Prepend(speed).Select(row => Cells(row).Where((_, i) => i is not (3 or 4)).ToArray())],
            1,
            3);
        if (counters)
            CounterTable.Write(console.Output, profiles);
    }

    private static IEnumerable<BenchRow> Pipeline(BpeTokenizer tokenizer, string video)
    {
        yield return PipelineBenchmarks.Resize();
        yield return PipelineBenchmarks.Tokenize(tokenizer);
        yield return PipelineBenchmarks.Decode(video);
    }

    private static string[] Cells(BenchRow row) =>
    [
        row.Name,
        FormattableString.Invariant($"{row.Value:0.0}"),
        row.Unit,
        row.Share is { } share ? FormattableString.Invariant($"{100 * share:0} %") : "",
        row.Ceiling is { } ceiling ? FormattableString.Invariant($"{row.CeilingName} {ceiling:0.0}") : "",
        FormattableString.Invariant($"{row.Milliseconds:0.00}"),
    ];

    private static void WriteJson(Utf8JsonWriter json, int threads, List<BenchRow> rows)
    {
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("processor", ProcessorName());
        json.WriteNumber("threads", threads);
        json.WriteNumber("runs", Stopwatches.Runs);
        json.WriteStartArray("rows");
        foreach (BenchRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("value", Math.Round(row.Value, 3));
            json.WriteString("unit", row.Unit);
            if (row.Ceiling is { } ceiling)
            {
                json.WriteNumber("ceiling", Math.Round(ceiling, 3));
                json.WriteString("ceilingName", row.CeilingName);
                json.WriteNumber("share", Math.Round(row.Value / ceiling, 4));
            }

            json.WriteNumber("milliseconds", Math.Round(row.Milliseconds, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string ProcessorName()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
