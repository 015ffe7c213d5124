using System.Globalization;
using System.Numerics;

namespace ViCA.Native.Media.Sampling;

/// <summary>
/// Which frames of a video are shown to the model, and the numbers that its time instruction speaks of.
/// </summary>
public sealed class FrameSample
{
    private const int FractionBits = 52;
    private const int ExponentBias = 1075;

    internal FrameSample(IReadOnlyList<SampledFrame> frames, double videoTimeSeconds)
    {
        Frames = frames;
        VideoTimeSeconds = videoTimeSeconds;
    }

    public IReadOnlyList<SampledFrame> Frames { get; }

    /// <summary>Frames of the video / average rate.</summary>
    public double VideoTimeSeconds { get; }

    /// <summary>The card's `frame_time`: the times with two digits and an s, joined by bare commas.</summary>
    public string FrameTimeText => string.Join(',', Frames.Select(frame => FormatSeconds(frame.TimeSeconds) + "s"));

    /// <summary>The card's `f"{video_time:.2f}"`.</summary>
    public string VideoTimeText => FormatSeconds(VideoTimeSeconds);

    /// <summary>The numbers in the video, to be read.</summary>
    public int[] SourceIndices => [.. Frames.Select(frame => frame.SourceIndex)];

    /// <summary>
    /// C's "%.2f": the exact value of the double, rounded to hundredths, ties to even. .NET's own F2 rounds ties away
    /// from zero.
    /// </summary>
    public static string FormatSeconds(double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(seconds), false, nameof(seconds));
        long bits = BitConverter.DoubleToInt64Bits(seconds);
        int exponent = (int)((bits >> FractionBits) & 0x7FF);
        BigInteger significand = bits & ((1L << FractionBits) - 1);
        if (exponent == 0)
            exponent = 1;
        else
            significand += BigInteger.One << FractionBits;
        BigInteger hundredths = RoundedShift(significand * 100, exponent - ExponentBias);
        string digits = hundredths.ToString(CultureInfo.InvariantCulture).PadLeft(3, '0');
        return $"{(double.IsNegative(seconds) ? "-" : "")}{digits[..^2]}.{digits[^2..]}";
    }

    /// <summary>value · 2^shift, ties to even.</summary>
    private static BigInteger RoundedShift(BigInteger value, int shift)
    {
        if (shift >= 0)
            return value << shift;
        BigInteger whole = value >> -shift;
        BigInteger rest = value - (whole << -shift);
        int comparison = rest.CompareTo(BigInteger.One << (-shift - 1));
        bool up = comparison > 0 || (comparison == 0 && !whole.IsEven);
        return up ? whole + 1 : whole;
    }
}
