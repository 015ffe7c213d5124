using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ViCA.Native.Cli.Output;

/// <summary>The standard streams of the process, UTF-8 without a mark.</summary>
internal static class StandardStreams
{
    private const int BufferChars = 1 << 12;

    /// <summary>The console that reads and writes the streams of the process.</summary>
    public static CliConsole Console(string? wrongArgument) => new()
    {
        WrongArgument = wrongArgument,
        Output = new StreamWriter(new ResultStream(OpenOutput()), new UTF8Encoding(false), BufferChars)
        {
            NewLine = "\n",
        },
        Error = new StreamWriter(new MessageStream(System.Console.OpenStandardError()), new UTF8Encoding(false))
        {
            AutoFlush = true,
            NewLine = "\n",
        },
        Input = System.Console.OpenStandardInput,
        IsErrorTerminal = !System.Console.IsErrorRedirected,
        IsOutputTerminal = !System.Console.IsOutputRedirected,
    };

    /// <summary>
    /// The runtime's own stream says nothing when the reader of a pipe has gone; a file stream does. Only where the
    /// stream has a position is the runtime's right: it shares the position with other writers.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows() && System.Console.IsOutputRedirected)
        {
            SafeFileHandle handle = new(1, ownsHandle: false);
            try
            {
                FileStream stream = new(handle, FileAccess.Write, bufferSize: 0);
                if (!stream.CanSeek)
                    return stream;
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Closed before we began, or of a kind that only the runtime's stream writes to.
            }
        }
        return System.Console.OpenStandardOutput();
    }
}
