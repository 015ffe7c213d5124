using System.CommandLine;

namespace ViCA.Native.Cli;

/// <summary>One verb of the command line: its options with their help text, and what it does with them.</summary>
internal abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that work, shown by `--help`.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>
    /// Runs the verb and returns the exit code. Results go to the console's output, all else to its error.
    /// </summary>
    public abstract Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken);
}
