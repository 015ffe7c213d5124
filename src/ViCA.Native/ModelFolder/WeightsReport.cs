namespace ViCA.Native.ModelFolder;

/// <summary>What a check of a model folder's weights found; that there is a report means that they are right.</summary>
public sealed record WeightsReport
{
    /// <summary>The weights' files.</summary>
    public required IReadOnlyList<WeightsFileReport> Files { get; init; }

    public required int TensorCount { get; init; }

    public required long ParameterCount { get; init; }

    public required long WeightBytes { get; init; }

    /// <summary>Tensors by element type.</summary>
    public required IReadOnlyDictionary<string, int> ElementTypes { get; init; }

    /// <summary>Rows of the embedding.</summary>
    public required int VocabularyRows { get; init; }

    /// <summary>Tensors that are there and that the model does not use.</summary>
    public required IReadOnlyList<string> IgnoredTensors { get; init; }

    /// <summary>Tensors that complete checkpoints have and this one lacks; the model does not use them.</summary>
    public required IReadOnlyList<string> MissingTensors { get; init; }

    /// <summary>Whether every value was read and is finite.</summary>
    public required bool FiniteChecked { get; init; }

    public required ModelFolderInfo Folder { get; init; }
}
