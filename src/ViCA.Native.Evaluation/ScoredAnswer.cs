namespace ViCA.Native.Evaluation;

/// <summary>The score of one row.</summary>
/// <param name="Type">The question's type.</param>
/// <param name="Cluster">What the row's video is, `dataset/scene_name`: scores of one video are not independent.</param>
/// <param name="Score">0 to 1.</param>
public readonly record struct ScoredAnswer(QuestionType Type, string Cluster, double Score);
