namespace ViCA.Native;

/// <summary>How far a stage is.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Done">Units that are done.</param>
/// <param name="Total">Units in all.</param>
public readonly record struct VicaProgress(VicaStage Stage, int Done, int Total);
