using System.CommandLine;

namespace ViCA.Native.Cli;

/// <summary>One run of the command line: parse, run the verb, turn what goes wrong into a line and an exit code.</summary>
internal static class CommandRunner
{
    // `@FILE` is a question of ours, never a file of arguments.
    internal static ParserConfiguration Parser { get; } =
        new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>The version of the program.</summary>
    public static string Version { get; } =
        typeof(CommandRunner).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "unknown";

    /// <summary>Runs a command line and returns its exit code. Nothing is thrown.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, CliConsole console, CancellationToken cancellationToken)
    {
        CliRoot root = new(Program.Verbs());
        ParseResult line = root.Parse(arguments, Parser);
        console.Apply(line, root);
        try
        {
            int code = await RunAsync(root, line, console, cancellationToken).ConfigureAwait(false);
            console.Output.Flush();
            return code;
        }
        catch (Exception exception)
        {
            return ErrorReport.Write(exception, console, line.CommandResult.Command);
        }
    }

    private static async Task<int> RunAsync(
        CliRoot root, ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        Verb verb = (Verb)line.CommandResult.Command;
        if (line.GetValue(root.Help))
        {
            HelpText.Write(verb, console.Output);
            return ExitCodes.Ok;
        }
        if (console.WrongArgument is { } wrong)
            throw new UsageException(ErrorCodes.UsageOption, wrong);
        UsageCheck.Run(line, root);
        if (line.GetValue(root.Version))
        {
            WriteVersion(console);
            return ExitCodes.Ok;
        }
        return await verb.RunAsync(line, console, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteVersion(CliConsole console)
    {
        if (console.Json)
            console.WriteJson(json => json.WriteString("version", Version));
        else
            console.Output.WriteLine($"vica {Version}");
    }
}
