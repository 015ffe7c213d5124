namespace ViCA.Native.Cli.Bench;

/// <summary>One benchmark's figure.</summary>
/// <param name="Name">What was run, with its shape.</param>
/// <param name="Value">The median.</param>
/// <param name="Unit">The unit of the median: `GFLOP/s`, `GB/s`, `MB/s` or `frames/s`.</param>
/// <param name="Ceiling">What the hardware, or a peer, reached in the same run; null where there is none.</param>
/// <param name="CeilingName">What the ceiling is.</param>
/// <param name="Milliseconds">The median time of one call.</param>
internal sealed record BenchRow(
    string Name, double Value, string Unit, double? Ceiling, string? CeilingName, double Milliseconds)
{
    /// <summary>Share of the ceiling, 0 to 1.</summary>
    public double? Share => Value / Ceiling;
}
