namespace ViCA.Native.ModelFolder;

/// <summary>One file of weights.</summary>
public sealed record WeightsFileReport(string Name, int TensorCount, long FileBytes);
