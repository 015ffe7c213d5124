namespace ViCA.Native.Evaluation;

/// <summary>One column of a <see cref="ScoreTable"/>.</summary>
/// <param name="Name">A question type's name, or `object_rel_direction`.</param>
/// <param name="Percent">0 to 100.</param>
public readonly record struct TaskScore(string Name, double Percent);
