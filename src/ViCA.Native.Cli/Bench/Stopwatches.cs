using System.Diagnostics;

namespace ViCA.Native.Cli.Bench;

/// <summary>Times one thing and its ceiling in turn, so that both meet the same state of a shared machine.</summary>
internal static class Stopwatches
{
    /// <summary>Runs that count; their median is the figure.</summary>
    public const int Runs = 5;

    /// <summary>The median seconds of <paramref name="work"/> and the median of what <paramref name="ceiling"/> returns.</summary>
    public static (double Seconds, double Ceiling) Median(Action work, Func<double>? ceiling = null)
    {
        work();
        List<double> times = [], ceilings = [];
        for (int run = 0; run < Runs; run++)
        {
            ceilings.Add(ceiling?.Invoke() ?? 0);
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        ceilings.Sort();
        return (times[Runs / 2], ceilings[Runs / 2]);
    }
}
