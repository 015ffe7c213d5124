using System.Collections.Immutable;

namespace ViCA.Native.Evaluation;

/// <summary>The benchmark's score of a number: how many of ten ever stricter bounds its relative error keeps.</summary>
public static class MeanRelativeAccuracy
{
    private const int Count = 10;

    // numpy's linspace(0.5, 0.95, 10) in doubles, where the last is set and the one before falls just short of 0.9.
    private const double Step = (0.95 - 0.5) / (Count - 1);

    /// <summary>The ten confidences c: 0.5 to 0.95. A bound is 1 - c, in doubles.</summary>
    public static ImmutableArray<double> Confidences { get; } =
        [.. Enumerable.Range(0, Count - 1).Select(i => i * Step + 0.5), 0.95];

    /// <summary>
    /// The share, in tenths, of the bounds 1 - c with |prediction - target| / target ≤ 1 - c. A negative target is not
    /// made positive, as in the reference; what is not finite scores 0. Null for the target 0, at which the reference
    /// stops with a division by zero.
    /// </summary>
    public static double? Score(double prediction, double target)
    {
        if (target == 0)
            return null;
        double error = Math.Abs(prediction - target) / target;
        return Confidences.Count(confidence => error <= 1 - confidence) / (double)Count;
    }
}
