namespace ViCA.Native.Evaluation;

/// <summary>numpy's order of adding doubles up, which shows in the last digit of a mean.</summary>
internal static class PairwiseSum
{
    private const int Lanes = 8;
    private const int BlockLength = 128;

    /// <summary>The sum of <paramref name="values"/>; 0 for none.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length > BlockLength)
        {
            int half = values.Length / 2 / Lanes * Lanes;
            return Of(values[..half]) + Of(values[half..]);
        }

        return values.Length < Lanes ? OneByOne(0, values) : OfBlock(values);
    }

    private static double OfBlock(ReadOnlySpan<double> values)
    {
        Span<double> r = stackalloc double[Lanes];
        int whole = values.Length / Lanes * Lanes;
        values[..Lanes].CopyTo(r);
        for (int i = Lanes; i < whole; i++)
            r[i % Lanes] += values[i];
        double sum = (r[0] + r[1] + (r[2] + r[3])) + (r[4] + r[5] + (r[6] + r[7]));
        return OneByOne(sum, values[whole..]);
    }

    private static double OneByOne(double sum, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
