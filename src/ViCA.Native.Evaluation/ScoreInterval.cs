namespace ViCA.Native.Evaluation;

/// <summary>A mean with its uncertainty, as fractions of 1.</summary>
/// <param name="Mean">The mean, or the weighted sum of means.</param>
/// <param name="StandardError">Clustered: rows of one video are not independent.</param>
public readonly record struct ScoreInterval(double Mean, double StandardError)
{
    private const double Z = 1.959963984540054;

    /// <summary>The lower end of the 95 % interval, not clipped.</summary>
    public double Low => Mean - Z * StandardError;

    /// <summary>The upper end of the 95 % interval, not clipped.</summary>
    public double High => Mean + Z * StandardError;
}
