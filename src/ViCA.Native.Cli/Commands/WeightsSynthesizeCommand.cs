using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica weights synthesize`: a model folder whose weights follow from a formula.</summary>
internal sealed class WeightsSynthesizeCommand : Verb
{
    private readonly Option<string> _like = Opt.RequiredText(
        "--like", "MODEL", "Sizes: vica-7b, tiny-a, tiny-b, or the path of a config.json.");

    private readonly Option<ulong> _seed = Opt.Required(Opt.Integer(
        "--seed", 0UL, ulong.MaxValue, 0UL, "Every value follows from it, the tensor's name and shape."));

    private readonly Option<string> _tokenizer = Opt.RequiredText(
        "--tokenizer", "DIR", "The folder whose tokenizer files are copied.");

    private readonly Option<string> _out = Opt.RequiredText("--out", "DIR", "The model folder to make.");

    private readonly Option<bool> _force = Opt.Flag("--force", "Replace files of a folder that exists.");

    public WeightsSynthesizeCommand()
        : base(
            "synthesize",
            "Makes a model folder whose weights follow from a formula: the same bits on every machine. Such a model "
            + "computes like a real one, but its words mean nothing.")
    {
        Add(_like);
        Add(_seed);
        Add(_tokenizer);
        Add(_out);
        Add(_force);
        Examples =
        [
            "vica weights synthesize --like tiny-a --seed 20 --tokenizer demo/tiny-a --out tiny-a",
            "vica weights synthesize --like vica-7b --seed 1 --tokenizer DIR --out synthetic-7b",
        ];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        SynthesisRequest request = new()
        {
            Like = line.GetRequiredValue(_like),
            Seed = line.GetValue(_seed),
            TokenizerFolder = line.GetRequiredValue(_tokenizer),
            OutputFolder = line.GetRequiredValue(_out),
            Overwrite = line.GetValue(_force),
        };
        SynthesisResult result;
        using (ProgressDisplay progress = ProgressDisplay.Start(console))
            result = WeightsSynthesis.Run(request, progress, cancellationToken);
        string size = DiskSpace.Format(result.WeightBytes);
        if (console.Json)
            console.WriteJson(json => WriteJson(json, result));
        else
            console.Output.WriteLine($"{result.Folder}: {result.TensorCount} tensors, {size}");
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void WriteJson(Utf8JsonWriter json, SynthesisResult result)
    {
        json.WriteString("folder", result.Folder);
        json.WriteStartArray("files");
        foreach (string file in result.Files)
            json.WriteStringValue(file);
        json.WriteEndArray();
        json.WriteNumber("tensorCount", result.TensorCount);
        json.WriteNumber("parameterCount", result.ParameterCount);
        json.WriteNumber("weightBytes", result.WeightBytes);
    }
}
