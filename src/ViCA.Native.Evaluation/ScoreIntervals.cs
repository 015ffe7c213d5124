namespace ViCA.Native.Evaluation;

/// <summary>
/// Standard errors of scores that are clustered by video (Miller 2024, "Adding Error Bars to Evals", without a
/// small-sample factor). Of a weighted sum of group means, row i of group k contributes w_k (s_i - mean_k) / n_k; the
/// contributions of a video are added up over its rows of all groups, then squared.
/// </summary>
public static class ScoreIntervals
{
    private const int Tasks = 8;

    /// <summary>The mean over all rows.</summary>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static ScoreInterval OfRows(IReadOnlyList<ScoredAnswer> answers) => Weighted(answers, _ => 0, _ => 1);

    /// <summary>The unweighted mean of the types of <paramref name="answers"/>.</summary>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static ScoreInterval OfTypes(IReadOnlyList<ScoredAnswer> answers)
    {
        double weight = 1.0 / answers.Select(answer => answer.Type).Distinct().Count();
        return Weighted(answers, answer => (int)answer.Type, _ => weight);
    }

    /// <summary>The overall score: the mean of the eight tasks, direction being one of them.</summary>
    /// <exception cref="ArgumentException">A type has no rows.</exception>
    public static ScoreInterval Overall(IReadOnlyList<ScoredAnswer> answers, DirectionMean direction)
    {
        int types = answers.Select(answer => answer.Type).Distinct().Count();
        if (types != Enum.GetValues<QuestionType>().Length)
            throw new ArgumentException($"there are rows of {types} types (expected 10)", nameof(answers));
        return direction == DirectionMean.OfTypes
            ? Weighted(answers, row => (int)row.Type, row => row.Type.IsDirection() ? 1.0 / 3 / Tasks : 1.0 / Tasks)
            : Weighted(
                answers,
                row => (int)(row.Type.IsDirection() ? QuestionType.ObjectRelDirectionEasy : row.Type),
                _ => 1.0 / Tasks);
    }

    private static ScoreInterval Weighted(
        IReadOnlyList<ScoredAnswer> answers, Func<ScoredAnswer, int> group, Func<ScoredAnswer, double> weight)
    {
        if (answers.Count == 0)
            throw new ArgumentException("there are no rows", nameof(answers));
        double total = 0;
        Dictionary<string, double> clusters = [];
        foreach (IGrouping<int, ScoredAnswer> rows in answers.GroupBy(group))
        {
            double[] scores = [.. rows.Select(row => row.Score)];
            double mean = PairwiseSum.Of(scores) / scores.Length;
            double share = weight(rows.First());
            total += share * mean;
            foreach (ScoredAnswer row in rows)
            {
                double before = clusters.GetValueOrDefault(row.Cluster);
                clusters[row.Cluster] = before + share * (row.Score - mean) / scores.Length;
            }
        }

        return new ScoreInterval(total, Math.Sqrt(clusters.Values.Sum(sum => sum * sum)));
    }
}
