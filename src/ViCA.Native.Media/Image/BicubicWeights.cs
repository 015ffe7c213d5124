namespace ViCA.Native.Media.Image;

/// <summary>
/// Pillow's bicubic weights along one axis, in 22-bit fixed point: output sample x is the sum of <see cref="Taps"/>
/// input samples from <see cref="First"/>[x] on. When the axis shrinks, the filter widens by the scale, which
/// averages.
/// </summary>
internal sealed class BicubicWeights
{
    /// <summary>Bits behind the point: 32 less 8 of the sample, less 2 for overshoot and sign.</summary>
    internal const int FractionBits = 22;

    /// <summary>One half in fixed point, which makes the shift round.</summary>
    internal const int Half = 1 << (FractionBits - 1);

    private const double Support = 2;
    private const double Sharpness = -0.5;

    internal BicubicWeights(int inputSize, int outputSize)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        double scale = (double)inputSize / outputSize;
        double filterScale = Math.Max(scale, 1);
        double support = Support * filterScale;
        MaxTaps = ((int)Math.Ceiling(support) * 2) + 1;
        First = new int[outputSize];
        Taps = new int[outputSize];
        Values = new int[outputSize * MaxTaps];
        double[] weights = new double[MaxTaps];
        for (int x = 0; x < outputSize; x++)
        {
            double center = (x + 0.5) * scale;
            First[x] = Math.Max(0, (int)(center - support + 0.5));
            Taps[x] = Math.Min(inputSize, (int)(center + support + 0.5)) - First[x];
            double sum = 0;
            for (int tap = 0; tap < Taps[x]; tap++)
            {
                weights[tap] = Cubic((tap + First[x] - center + 0.5) * (1 / filterScale));
                sum += weights[tap];
            }
            for (int tap = 0; tap < Taps[x]; tap++)
                Values[(x * MaxTaps) + tap] = ToFixedPoint(sum == 0 ? weights[tap] : weights[tap] / sum);
        }
    }

    internal int InputSize { get; }

    internal int OutputSize { get; }

    internal int MaxTaps { get; }

    /// <summary>[outputSize]: the first input sample.</summary>
    internal int[] First { get; }

    /// <summary>[outputSize]: how many input samples.</summary>
    internal int[] Taps { get; }

    /// <summary>[outputSize, maxTaps], zero past the taps.</summary>
    internal int[] Values { get; }

    /// <summary>The weights of one output sample, as many as it has taps.</summary>
    internal ReadOnlySpan<int> Of(int output) => Values.AsSpan(output * MaxTaps, Taps[output]);

    internal static byte ToByte(int sum) => (byte)Math.Clamp(sum >> FractionBits, 0, 255);

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        if (x < 1)
            return ((((Sharpness + 2) * x) - (Sharpness + 3)) * x * x) + 1;
        return x < 2 ? ((((x - 5) * x) + 8) * x - 4) * Sharpness : 0;
    }

    private static int ToFixedPoint(double weight) =>
        (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << FractionBits)));
}
