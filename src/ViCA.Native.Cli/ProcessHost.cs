using System.Runtime.InteropServices;
using System.Text.Unicode;
using ViCA.Native.Cli.Output;

namespace ViCA.Native.Cli;

/// <summary>The command line as a process: its streams, its signals, its arguments as bytes.</summary>
internal static class ProcessHost
{
    /// <summary>Runs the command line of this process and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        CliConsole console = StandardStreams.Console(WrongArgument(arguments));
        using CancellationTokenSource stop = new();
        int signalled = 0;
        void Stop(PosixSignalContext context, int code)
        {
            // The first signal lets the work clean up; a second one ends the process at once.
            context.Cancel = Interlocked.CompareExchange(ref signalled, code, 0) == 0;
            stop.Cancel();
        }

        using PosixSignalRegistration interrupt =
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCodes.Interrupted));
        using PosixSignalRegistration terminate =
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCodes.Terminated));
        int code = await CommandRunner.RunAsync(arguments, console, stop.Token).ConfigureAwait(false);
        return code == ExitCodes.Interrupted && signalled != 0 ? signalled : code;
    }

    /// <summary>
    /// The runtime replaces what is not UTF-8 in arguments, so the name of a file or the words of a question would
    /// silently become others. Only the kernel still has the bytes.
    /// </summary>
    private static string? WrongArgument(string[] arguments)
    {
        const string BytesOfArguments = "/proc/self/cmdline";
        int first = Array.FindIndex(arguments, argument => argument.Contains('\uFFFD', StringComparison.Ordinal));
        bool wasReplaced = first >= 0 && File.Exists(BytesOfArguments)
            && !Utf8.IsValid(File.ReadAllBytes(BytesOfArguments));
        return wasReplaced ? $"argument {first + 1}: not UTF-8; rename the file or correct the text" : null;
    }
}
