using System.Diagnostics;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>How fast kernels run here. One lane-instruction is one PTX instruction for one lane whose guard is true.</summary>
/// <param name="LaneInstructions">Of one launch.</param>
/// <param name="MedianSeconds">Median time of the launches.</param>
public sealed record EmulatorSpeed(long LaneInstructions, double MedianSeconds)
{
    private const int Launches = 5;

    /// <summary>Lane-instructions per second.</summary>
    public double LaneInstructionsPerSecond => LaneInstructions / MedianSeconds;

    /// <summary>
    /// Launches a kernel five times in Run mode after one launch that is not counted, so that decoding and compiling
    /// are left out.
    /// </summary>
    /// <exception cref="EmulatorException">The kernel has a fault.</exception>
    public static EmulatorSpeed Measure(
        EmulatedModule module,
        string entry,
        Dim3 grid,
        Dim3 block,
        ReadOnlySpan<byte> parameters,
        int workers)
    {
        ArgumentNullException.ThrowIfNull(module);
        double[] seconds = new double[Launches + 1];
        for (int i = 0; i < seconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            module.Launch(entry, grid, block, 0, parameters, EmulatorMode.Run, workers, CancellationToken.None);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        double[] counted = seconds[1..];
        Array.Sort(counted);
        return new EmulatorSpeed(module.LaneInstructions, counted[Launches / 2]);
    }
}
