namespace ViCA.Native.Evaluation;

/// <summary>From the scores of rows to a model's scores, with the reference's order of summation.</summary>
public static class ScoreAggregation
{
    private const string Direction = "object_rel_direction";

    private static readonly string[] Columns =
    [
        "object_counting", "object_abs_distance", "object_size_estimation", "room_size_estimation",
        "object_rel_distance", Direction, "route_planning", "obj_appearance_order",
    ];

    /// <summary>
    /// The mean of each task, and the mean of those. Without rows of the easy direction the other two count as tasks of
    /// their own, which are not listed.
    /// </summary>
    /// <param name="answers">Rows in the order of the data set.</param>
    /// <param name="direction">How the three directions become one.</param>
    /// <exception cref="ArgumentException">There are no rows, or easy directions and not both of the others.</exception>
    public static ScoreTable Tabulate(IReadOnlyList<ScoredAnswer> answers, DirectionMean direction)
    {
        if (answers.Count == 0)
            throw new ArgumentException("there are no rows", nameof(answers));
        SortedDictionary<QuestionType, double> means = [];
        foreach (IGrouping<QuestionType, ScoredAnswer> rows in answers.GroupBy(answer => answer.Type))
            means.Add(rows.Key, Mean(rows));
        List<TaskScore> tasks = Tasks(means, () => DirectionTask(means, answers, direction));
        double sum = 0;
        foreach (TaskScore task in tasks)
            sum += task.Percent;
        return new ScoreTable(
            sum / tasks.Count * 100,
            [
                .. tasks.Where(task => Columns.Contains(task.Name))
                    .OrderBy(task => Array.IndexOf(Columns, task.Name))
                    .Select(task => task with { Percent = task.Percent * 100 }),
            ]);
    }

    /// <summary>The mean over all rows, in percent.</summary>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static double Micro(IReadOnlyList<ScoredAnswer> answers) => answers.Count == 0
        ? throw new ArgumentException("there are no rows", nameof(answers))
        : Mean(answers) * 100;

    private static List<TaskScore> Tasks(SortedDictionary<QuestionType, double> means, Func<double> direction)
    {
        bool merged = means.ContainsKey(QuestionType.ObjectRelDirectionEasy);
        List<TaskScore> tasks =
        [
            .. means.Where(mean => !merged || !mean.Key.IsDirection())
                .Select(mean => new TaskScore(mean.Key.Name(), mean.Value)),
        ];
        if (merged)
            tasks.Add(new TaskScore(Direction, direction()));
        return tasks;
    }

    private static double DirectionTask(
        SortedDictionary<QuestionType, double> means, IReadOnlyList<ScoredAnswer> answers, DirectionMean direction)
    {
        if (!means.TryGetValue(QuestionType.ObjectRelDirectionMedium, out double medium)
            || !means.TryGetValue(QuestionType.ObjectRelDirectionHard, out double hard))
        {
            throw new ArgumentException(
                "there are rows of object_rel_direction_easy and not of both medium and hard", nameof(answers));
        }

        return direction == DirectionMean.OfTypes
            ? (means[QuestionType.ObjectRelDirectionEasy] + medium + hard) / 3
            : Mean(answers.Where(answer => answer.Type.IsDirection()));
    }

    private static double Mean(IEnumerable<ScoredAnswer> answers)
    {
        double[] scores = [.. answers.Select(answer => answer.Score)];
        return PairwiseSum.Of(scores) / scores.Length;
    }
}
