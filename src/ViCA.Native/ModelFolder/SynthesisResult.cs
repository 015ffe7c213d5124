namespace ViCA.Native.ModelFolder;

/// <summary>A model folder that was made.</summary>
public sealed record SynthesisResult(
    string Folder, IReadOnlyList<string> Files, int TensorCount, long ParameterCount, long WeightBytes);
