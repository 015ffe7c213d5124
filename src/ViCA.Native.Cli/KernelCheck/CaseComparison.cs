namespace ViCA.Native.Cli.KernelCheck;

/// <summary>Results of a device against those of its reference.</summary>
/// <param name="Passed">Whether they are as close as they must be.</param>
/// <param name="Largest">The largest difference, relative to the largest magnitude of its tensor.</param>
/// <param name="Message">The worst element of a tensor that is not close enough; null when all are.</param>
internal sealed record CaseComparison(bool Passed, double Largest, string? Message)
{
    /// <summary>
    /// Compares all results; <paramref name="roundings"/> is 0 when each bit must agree. What is not a number fails: no
    /// case has such a result.
    /// </summary>
    public static CaseComparison Of(
        IReadOnlyList<CaseOutput> actual, IReadOnlyList<CaseOutput> expected, int roundings)
    {
        double largest = 0;
        string? message = null;
        for (int output = 0; output < expected.Count; output++)
        {
            (double difference, string? wrong) = Compare(actual[output], expected[output], roundings);
            largest = Math.Max(largest, difference);
            message ??= wrong is null ? null : $"output {output}: {wrong}";
        }

        return new CaseComparison(message is null, largest, message);
    }

    private static (double Difference, string? Wrong) Compare(CaseOutput actual, CaseOutput expected, int roundings)
    {
        double magnitude = 0;
        double worst = -1;
        int where = 0;
        int different = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            magnitude = Math.Max(magnitude, Math.Abs(expected[i]));
            double difference = Math.Abs((double)actual[i] - expected[i]);
            if (double.IsNaN(difference))
                difference = double.PositiveInfinity;
            if (difference > 0)
                different++;
            if (difference > worst)
                (worst, where) = (difference, i);
        }

        double allowed = roundings == 0 ? 0 : Tolerance.Of(expected.DType, roundings, magnitude);
        double relative = worst == 0 ? 0 : worst / Math.Max(magnitude, float.Epsilon);
        bool isSame = roundings > 0 || actual.Bytes.AsSpan().SequenceEqual(expected.Bytes);
        if (worst <= allowed && isSame)
            return (relative, null);
        return (relative, FormattableString.Invariant(
            $"[{where}] is {actual[where]} (expected {expected[where]}, at most {allowed:g3} away); {different} of {expected.Count} differ"));
    }
}
