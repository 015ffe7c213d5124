namespace ViCA.Native.Tests.Ops;

/// <summary>The ops as naive loops in double, written from the formulas; matrices are [rows][columns].</summary>
internal static class Reference
{
    public static double[,] Linear(double[,] x, double[,] weight, double[]? bias)
    {
        double[,] y = new double[x.GetLength(0), weight.GetLength(0)];
        for (int t = 0; t < y.GetLength(0); t++)
        {
            for (int o = 0; o < y.GetLength(1); o++)
            {
                double sum = bias?[o] ?? 0;
                for (int i = 0; i < x.GetLength(1); i++)
                    sum += x[t, i] * weight[o, i];
                y[t, o] = sum;
            }
        }

        return y;
    }

    public static double[,] RmsNorm(double[,] x, double[] weight, double epsilon) => Map(x, row =>
    {
        double scale = 1 / Math.Sqrt(row.Select(v => v * v).Average() + epsilon);
        return row.Select((v, i) => v * scale * weight[i]);
    });

    public static double[,] LayerNorm(double[,] x, double[] weight, double[] bias, double epsilon) => Map(x, row =>
    {
        double mean = row.Average();
        double variance = row.Select(v => (v - mean) * (v - mean)).Average();
        return row.Select((v, i) => (v - mean) / Math.Sqrt(variance + epsilon) * weight[i] + bias[i]);
    });

    public static double GeluTanh(double x) =>
        0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    public static double GeluErf(double x) => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    /// <summary>Query head h of token t against the keys that `sees` allows; KV head h / group.</summary>
    public static double[,] Attention(
        double[,] q, double[,] k, double[,] v, int heads, int kvHeads, Func<int, int, bool> sees)
    {
        int headDim = q.GetLength(1) / heads;
        double[,] y = new double[q.GetLength(0), q.GetLength(1)];
        for (int t = 0; t < q.GetLength(0); t++)
        {
            for (int head = 0; head < heads; head++)
            {
                int kv = head / (heads / kvHeads);
                int[] keys = Enumerable.Range(0, k.GetLength(0)).Where(key => sees(t, key)).ToArray();
                double[] scores = keys.Select(key => Enumerable.Range(0, headDim)
                    .Sum(i => q[t, head * headDim + i] * k[key, kv * headDim + i]) / Math.Sqrt(headDim)).ToArray();
                double max = scores.Max();
                double sum = scores.Sum(s => Math.Exp(s - max));
                for (int i = 0; i < headDim; i++)
                {
                    y[t, head * headDim + i] = keys
                        .Select((key, n) => Math.Exp(scores[n] - max) / sum * v[key, kv * headDim + i]).Sum();
                }
            }
        }

        return y;
    }

    public static double[,] Rotary(double[,] x, int headDim, int firstPosition, double theta)
    {
        double[,] y = (double[,])x.Clone();
        int half = headDim / 2;
        for (int t = 0; t < x.GetLength(0); t++)
        {
            for (int head = 0; head < x.GetLength(1); head += headDim)
            {
                for (int i = 0; i < half; i++)
                {
                    double angle = (firstPosition + t) * Math.Pow(theta, -2.0 * i / headDim);
                    double a = x[t, head + i], b = x[t, head + half + i];
                    y[t, head + i] = a * Math.Cos(angle) - b * Math.Sin(angle);
                    y[t, head + half + i] = b * Math.Cos(angle) + a * Math.Sin(angle);
                }
            }
        }

        return y;
    }

    /// <summary>e^(-x²) times the series whose terms have one sign, so nothing cancels.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double[,] Map(double[,] x, Func<double[], IEnumerable<double>> rule)
    {
        double[,] y = new double[x.GetLength(0), x.GetLength(1)];
        for (int t = 0; t < x.GetLength(0); t++)
        {
            double[] row = Enumerable.Range(0, x.GetLength(1)).Select(i => x[t, i]).ToArray();
            int column = 0;
            foreach (double value in rule(row))
                y[t, column++] = value;
        }

        return y;
    }
}
