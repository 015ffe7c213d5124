namespace ViCA.Native.Cli.KernelCheck;

/// <summary>How a worker ended.</summary>
/// <param name="Reason">Why it did not answer all cases, in a sentence.</param>
/// <param name="IsOutOfTime">Whether the time of the whole check was over.</param>
internal sealed record WorkerEnd(string Reason, bool IsOutOfTime = false);
