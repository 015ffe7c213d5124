using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica weights verify`: a checkpoint, checked to the last value.</summary>
internal sealed class WeightsVerifyCommand : Verb
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The model folder." };

    public WeightsVerifyCommand()
        : base(
            "verify",
            "Checks a checkpoint: files and headers, names and shapes against the config, and that every value is "
            + "finite.")
    {
        Add(_folder);
        Examples = ["vica weights verify DIR"];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        string folder = line.GetRequiredValue(_folder);
        if (!Directory.Exists(folder))
            throw new UsageException(ErrorCodes.UsageModel, $"{PrintableText.Clip(folder)}: no such folder");
        WeightsReport report;
        using (ProgressDisplay progress = ProgressDisplay.Start(console))
            report = WeightsVerification.Run(folder, checkValues: true, progress, cancellationToken);
        foreach (string notice in report.Folder.Notices)
            console.Notice($"note: {notice}");
        if (console.Json)
            console.WriteJson(json => WriteJson(json, folder, report));
        else
            Write(console.Output, folder, report);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Write(TextWriter output, string folder, WeightsReport report)
    {
        Columns.Write(
            output,
            [.. report.Files.Select(file => (string[])
                [file.Name, $"{file.TensorCount} tensors", DiskSpace.Format(file.FileBytes)])],
            1,
            2);
        if (report.IgnoredTensors.Count > 0)
            output.WriteLine($"not used: {PrintableText.List(report.IgnoredTensors)}");
        if (report.MissingTensors.Count > 0)
            output.WriteLine($"not there and not needed: {PrintableText.List(report.MissingTensors)}");
        string types = string.Join(", ", report.ElementTypes.Select(type => $"{type.Value} {type.Key}"));
        output.WriteLine(
            $"{folder}: ok, {report.TensorCount} tensors ({types}), {report.ParameterCount} finite values");
    }

    private static void WriteJson(Utf8JsonWriter json, string folder, WeightsReport report)
    {
        json.WriteBoolean("ok", true);
        json.WriteString("path", folder);
        json.WriteNumber("tensorCount", report.TensorCount);
        json.WriteNumber("parameterCount", report.ParameterCount);
        json.WriteNumber("weightBytes", report.WeightBytes);
        json.WriteNumber("vocabularyRows", report.VocabularyRows);
        json.WriteBoolean("finiteChecked", report.FiniteChecked);
        json.WriteString("configSha256", report.Folder.ConfigSha256);
        json.WriteString("indexSha256", report.Folder.IndexSha256);
        json.WriteStartObject("elementTypes");
        foreach ((string name, int count) in report.ElementTypes)
            json.WriteNumber(name, count);
        json.WriteEndObject();
        WriteNames(json, "ignoredTensors", report.IgnoredTensors);
        WriteNames(json, "missingTensors", report.MissingTensors);
        json.WriteStartArray("files");
        foreach (WeightsFileReport file in report.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("tensorCount", file.TensorCount);
            json.WriteNumber("fileBytes", file.FileBytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (string name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
