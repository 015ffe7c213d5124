using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect weights`: the tensors of a checkpoint.</summary>
internal sealed class InspectWeightsCommand : Verb
{
    private readonly Option<string?> _model = ModelArguments.ModelOption();

    public InspectWeightsCommand()
        : base("weights", "Lists the tensors of a checkpoint: name, element type, shape, bytes and file.")
    {
        Add(_model);
        Examples = ["vica inspect weights --model DIR", "vica inspect weights --model DIR --json"];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        string folder = ModelFolderResolver.Resolve(line.GetValue(_model));
        using Checkpoint checkpoint = Checkpoint.Open(folder, VicaTensors.IsNeverUsed);
        List<CheckpointTensor> tensors = [.. checkpoint.Files.SelectMany(file => file.Tensors)];
        if (console.Json)
            console.WriteJson(json => WriteJson(json, tensors, checkpoint.ByteLength));
        else
            WriteTable(console.Output, tensors, checkpoint);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void WriteTable(TextWriter output, List<CheckpointTensor> tensors, Checkpoint checkpoint)
    {
        Columns.Write(
            output,
            [.. tensors.Select(tensor => (string[])
            [
                PrintableText.Clip(tensor.Name),
                tensor.ElementType.Name,
                PrintableText.Shape(tensor.Shape),
                FormattableString.Invariant($"{tensor.ByteLength}"),
                tensor.ShardName,
            ])],
            3);
        long values = tensors.Sum(tensor => tensor.Count);
        output.WriteLine(
            $"{tensors.Count} tensors, {values} values, {DiskSpace.Format(checkpoint.ByteLength)} "
            + $"in {checkpoint.Files.Count} files");
    }

    private static void WriteJson(Utf8JsonWriter json, List<CheckpointTensor> tensors, long bytes)
    {
        json.WriteStartArray("tensors");
        foreach (CheckpointTensor tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("dtype", tensor.ElementType.Name);
            json.WriteStartArray("shape");
            foreach (long size in tensor.Shape)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteNumber("bytes", tensor.ByteLength);
            json.WriteString("shard", tensor.ShardName);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("tensorCount", tensors.Count);
        json.WriteNumber("parameterCount", tensors.Sum(tensor => tensor.Count));
        json.WriteNumber("weightBytes", bytes);
    }
}
