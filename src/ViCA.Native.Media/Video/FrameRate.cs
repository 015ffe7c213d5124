namespace ViCA.Native.Media.Video;

/// <summary>Frames per second as a fraction.</summary>
public readonly record struct FrameRate(int Numerator, int Denominator)
{
    /// <summary>
    /// Numerator / denominator in double, as the reference computes it; NaN or infinity where there is no rate.
    /// </summary>
    public double Value => (double)Numerator / Denominator;

    public override string ToString() => $"{Numerator}/{Denominator}";
}
