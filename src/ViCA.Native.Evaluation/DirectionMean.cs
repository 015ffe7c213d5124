namespace ViCA.Native.Evaluation;

/// <summary>How the three difficulties of `object_rel_direction` become one task; sources disagree.</summary>
public enum DirectionMean
{
    /// <summary>The benchmark authors': the mean of the three means. For comparison with their baselines.</summary>
    OfTypes,

    /// <summary>The mean over all rows of the three, which reproduces ViCA's published figures.</summary>
    OfRows,
}
