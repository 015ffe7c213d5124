using System.CommandLine;
using System.Text;
using ViCA.Native.Cli.Output;

namespace ViCA.Native.Cli;

/// <summary>Turns an exception into one line on the error stream and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Writes what went wrong and returns the exit code.</summary>
    public static int Write(Exception exception, CliConsole console, Command command)
    {
        if (exception is ClosedOutputException || !TryFlush(console))
            return ExitCodes.ClosedPipe;
        switch (exception)
        {
            case OperationCanceledException:
                return ExitCodes.Interrupted;
            case AggregateException { InnerExceptions: [var only] }:
                return Write(only, console, command);
            case VicaException known:
                Write(known.Code, known.Message, exception, console, command);
                return known.ExitCode;
            case OutOfMemoryException:
                const string Text = "out of memory; ask for fewer frames or close other programs";
                Write(ErrorCodes.ResourceMemory, Text, exception, console, command);
                return ErrorCodes.ExitCode(ErrorCodes.ResourceMemory);
            default:
                Write(ErrorCodes.InternalError, BugMessage(exception, console), exception, console, command);
                return ExitCodes.Bug;
        }
    }

    /// <summary>What came before the error belongs before it.</summary>
    private static bool TryFlush(CliConsole console)
    {
        try
        {
            console.Output.Flush();
            return true;
        }
        catch (ClosedOutputException)
        {
            return false;
        }
        catch (ResourceException)
        {
            // The disk under the output is full: the first error says so, or another one matters more.
            return true;
        }
    }

    private static string BugMessage(Exception exception, CliConsole console)
    {
        string what = console.Verbose ? "report this output" : "run again with -v and report the output";
        return $"{exception.GetType().Name}: this is a bug; {what} with that of 'vica doctor'";
    }

    private static void Write(string code, string message, Exception exception, CliConsole console, Command command)
    {
        message = OneLine(message);
        if (console.Json)
        {
            CliConsole.WriteJson(console.Error, json =>
            {
                json.WriteStartObject("error");
                json.WriteString("code", code);
                json.WriteString("message", message);
                json.WriteEndObject();
            });
        }
        else
        {
            string label = console.Colors ? $"\e[1;31merror\e[0m [{code}]" : $"error [{code}]";
            console.Error.WriteLine($"{label}: {message}");
            if (exception is UsageException && !console.Quiet)
                console.Error.WriteLine($"see '{HelpText.FullName(command)} --help'");
        }
        if (!console.Verbose)
            return;
        if (code == ErrorCodes.InternalError)
            console.Error.WriteLine(exception);
        else if (exception.InnerException is { } cause)
            console.Error.WriteLine($"cause: {OneLine($"{cause.GetType().Name}: {cause.Message}")}");
    }

    private static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char c in text)
            line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString();
    }
}
