using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tokenizer;

namespace ViCA.Native;

/// <summary>The checked files of a model, before any of them is computed with.</summary>
internal sealed record LoadedModel(
    VicaModelInfo Info,
    VicaConfig Config,
    GenerationConfig GenerationConfig,
    BpeTokenizer Tokenizer,
    Checkpoint Checkpoint,
    int VocabularyRows)
{
    /// <exception cref="VicaException">A file is missing or not usable.</exception>
    public static LoadedModel Load(string? pathOrId, CancellationToken cancellationToken)
    {
        string folder = ModelFolderResolver.Resolve(pathOrId);
        VicaConfig config = VicaConfig.Load(folder);
        GenerationConfig generation = GenerationConfig.Load(folder, config);
        BpeTokenizer tokenizer = BpeTokenizer.Load(folder);
        cancellationToken.ThrowIfCancellationRequested();
        Checkpoint checkpoint = Checkpoint.Open(folder, VicaTensors.IsNeverUsed);
        try
        {
            int rows = VicaTensors.Check(checkpoint, config);
            VicaTensors.CheckTokenIds(rows, tokenizer.Length - 1, generation.EosTokenIds);
            ModelFolderInfo files = ModelFolderInfo.Read(folder);
            VicaModelInfo info = new(pathOrId ?? folder, files.ConfigSha256, files.IndexSha256);
            return new LoadedModel(info, config, generation, tokenizer, checkpoint, rows);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }
}
