namespace ViCA.Native.Evaluation;

/// <summary>A model's scores in percent.</summary>
/// <param name="Overall">The mean of the tasks.</param>
/// <param name="Tasks">The tasks that have rows, in the order of the published tables.</param>
public sealed record ScoreTable(double Overall, IReadOnlyList<TaskScore> Tasks);
