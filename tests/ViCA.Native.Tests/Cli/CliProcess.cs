using System.Diagnostics;

namespace ViCA.Native.Tests.Cli;

/// <summary>The command line as a process of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private CliProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "vica.dll");

    public static CliProcess Start(string[] arguments, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments]);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return new CliProcess(start);
    }

    /// <summary>Runs a line of the shell in which `$VICA` is the program.</summary>
    public static CliProcess Shell(string line)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", line]);
        start.Environment["VICA"] = $"dotnet {Program}";
        return new CliProcess(start);
    }

    public static CliRun Run(string[] arguments, params (string Name, string Value)[] variables)
    {
        using CliProcess process = Start(arguments, variables);
        return process.End();
    }

    /// <summary>Waits for the end; the result has whatever was written.</summary>
    public CliRun End()
    {
        Task<string> error = _process.StandardError.ReadToEndAsync();
        string output = _process.StandardOutput.ReadToEnd();
        return new CliRun(ExitCode(), output, error.Result);
    }

    /// <summary>Closes our end of the output, as a reader does that has seen enough.</summary>
    public CliRun EndWithoutReader()
    {
        _process.StandardOutput.Close();
        string error = _process.StandardError.ReadToEnd();
        return new CliRun(ExitCode(), "", error);
    }

    /// <summary>Waits until something is true, then sends a signal.</summary>
    public CliRun SignalWhen(Func<bool> ready, string signal)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!ready() && !_process.HasExited && watch.Elapsed < Patience)
            Thread.Sleep(5);
        Assert.False(_process.HasExited, "the process ended before the signal");
        Send(signal);
        return End();
    }

    /// <summary>Waits for the first characters of the output, then sends a signal.</summary>
    public CliRun SignalAfterOutput(string signal)
    {
        char[] start = new char[1];
        int count = _process.StandardOutput.Read(start);
        Send(signal);
        CliRun run = End();
        return run with { Output = new string(start, 0, count) + run.Output };
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Send(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    private int ExitCode()
    {
        Assert.True(_process.WaitForExit(Patience), "the process does not end");
        return _process.ExitCode;
    }
}
