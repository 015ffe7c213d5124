using System.Diagnostics;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>Runs `vica kernels run` as a process of its own and reads what it says.</summary>
/// <param name="device">The value of `--device`.</param>
/// <param name="console">Where its error stream goes.</param>
/// <param name="deadline">When the whole check must be over.</param>
internal sealed class CheckWorker(string device, CliConsole console, DateTimeOffset deadline)
{
    /// <summary>How long one case may take: the emulator's slowest needs a fraction.</summary>
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(60);

    private readonly List<string> _errors = [];

    /// <summary>Runs the cases of these names, up to a fault.</summary>
    public WorkerEnd Run(IReadOnlyList<string> names, Action<CaseResult> report, CancellationToken cancellationToken)
    {
        _errors.Clear();
        using Process process = Start(names);
        try
        {
            return Read(process, report, cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            // Its error stream has been read to the end after that.
            process.WaitForExit();
            foreach (string error in _errors)
                console.Notice(error);
        }
    }

    private Process Start(IReadOnlyList<string> names)
    {
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "vica"
            ? []
            : [Path.Combine(AppContext.BaseDirectory, "vica.dll")];
        ProcessStartInfo start = new(program, [.. host, "kernels", "run", .. names, "--device", device])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
                _errors.Add(line.Data);
        };
        process.BeginErrorReadLine();
        return process;
    }

    private WorkerEnd Read(Process process, Action<CaseResult> report, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan left = deadline - DateTimeOffset.UtcNow;
            if (left <= TimeSpan.Zero)
                return new WorkerEnd("the time of the check is over", IsOutOfTime: true);
            TimeSpan limit = left < CaseLimit ? left : CaseLimit;
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(limit);
            string? line;
            try
            {
                line = process.StandardOutput.ReadLineAsync(patience.Token).AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                if (limit < CaseLimit)
                    continue;
                return new WorkerEnd(FormattableString.Invariant($"no answer in {CaseLimit.TotalSeconds} s"));
            }

            if (line is null)
                break;
            if (CaseResult.Parse(line) is { } result)
                report(result);
        }

        process.WaitForExit();
        // The first line of a crash only says that it is one.
        string said = _errors.Count > 0 ? string.Join(' ', _errors.Take(2)) : "it said nothing";
        return new WorkerEnd($"the process ended with exit code {process.ExitCode}: {said}");
    }
}
