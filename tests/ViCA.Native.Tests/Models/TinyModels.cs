using System.Text.Json;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Tests.Models;

/// <summary>The tiny checkpoints of the fixtures, made from their formula in a temporary folder.</summary>
public sealed class TinyModels : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vica-tests-").FullName;

    /// <summary>A model folder of `tiny-a` or `tiny-b`.</summary>
    public string Folder(string name)
    {
        lock (_folder)
        {
            string folder = Path.Combine(_folder, name);
            if (!Directory.Exists(folder))
                Make(name, folder);
            return folder;
        }
    }

    /// <summary>A copy of a model folder whose generation config has other stop tokens.</summary>
    public string FolderWithStopTokens(string name, IReadOnlyList<int> ids)
    {
        string source = Folder(name);
        string folder = Path.Combine(_folder, $"{name}-stop-{string.Join('-', ids)}");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        string path = Path.Combine(folder, "generation_config.json");
        Dictionary<string, JsonElement> config =
            JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(path))!;
        config["eos_token_id"] = JsonSerializer.SerializeToElement(ids);
        File.WriteAllText(path, JsonSerializer.Serialize(config));
        return folder;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Make(string name, string folder)
    {
        string source = Path.Combine(RepositoryPaths.Fixtures, name, "model");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        VicaConfig config = VicaConfig.Load(folder);
        IReadOnlyList<(string Name, long[] Shape)> stored = VicaTensors.Stored(config, config.ConfigVocabSize!.Value);
        using SafetensorsWriter writer = SafetensorsWriter.Create(
            Path.Combine(folder, "model.safetensors"),
            [.. stored.Select(tensor => new TensorDeclaration(tensor.Name, DType.BF16, tensor.Shape))]);
        foreach ((string tensor, long[] shape) in stored)
        {
            BFloat16[] values = new BFloat16[shape.Aggregate(1L, (product, dimension) => product * dimension)];
            SyntheticWeights.Fill(tensor, shape, name == "tiny-a" ? 20u : 21u, 0, values);
            writer.Append<BFloat16>(tensor, values);
        }

        writer.Complete();
    }
}
