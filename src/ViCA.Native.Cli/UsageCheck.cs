using System.CommandLine;
using System.CommandLine.Parsing;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli;

/// <summary>Says in our words what a command line lacks.</summary>
internal static class UsageCheck
{
    /// <exception cref="UsageException">The first thing that is wrong.</exception>
    public static void Run(ParseResult line, CliRoot root)
    {
        CheckUnknownOptions(line, root);
        if (line.GetValue(root.Verbose) && line.GetValue(root.Quiet))
            throw new UsageException(ErrorCodes.UsageConflict, "--verbose and --quiet exclude each other");
        HashSet<string> names = [.. KnownNames(line.CommandResult.Command, root)];
        foreach (OptionResult option in OptionResults(line.CommandResult))
            CheckValues(option, names);
        foreach (string token in line.UnmatchedTokens)
            throw Unmatched(line.CommandResult.Command, token);
        // A group of verbs without one shows them: that is no error.
        if (line.CommandResult.Command is VerbGroup)
            return;
        foreach (ParseError error in line.Errors)
            throw new UsageException(ErrorCodes.UsageOption, Message(error));
    }

    /// <summary>A word that looks like an option and is none must not become the value of an argument.</summary>
    private static void CheckUnknownOptions(ParseResult line, CliRoot root)
    {
        HashSet<Token> values = new(
            OptionResults(line.CommandResult).SelectMany(option => option.Tokens), ReferenceEqualityComparer.Instance);
        foreach (Token token in line.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
                return;
            bool looksLikeOption = token.Type == TokenType.Argument && token.Value is ['-', _, ..];
            if (looksLikeOption && !values.Contains(token))
                throw UnknownOption(line.CommandResult.Command, root, token.Value);
        }
    }

    private static IEnumerable<OptionResult> OptionResults(CommandResult command)
    {
        for (SymbolResult? level = command; level is CommandResult current; level = current.Parent)
        {
            foreach (OptionResult option in current.Children.OfType<OptionResult>())
                yield return option;
        }
    }

    private static UsageException UnknownOption(Command command, CliRoot root, string text)
    {
        string name = text.Split('=', ':')[0];
        string hint = Spelling.Nearest(name, KnownNames(command, root)) is { } near
            ? $"did you mean '{near}'?"
            : "put -- before an argument that begins with -";
        return new UsageException(ErrorCodes.UsageOption, $"unknown option '{PrintableText.Clip(name)}'; {hint}");
    }

    private static IEnumerable<string> KnownNames(Command command, CliRoot root) =>
        command.Options.Concat(root.Options).Select(option => option.Name).Distinct();

    private static void CheckValues(OptionResult option, HashSet<string> names)
    {
        bool repeats = option.Option.Arity.MaximumNumberOfValues > 1;
        if (!repeats && option.IdentifierTokenCount > 1)
        {
            string what = $"{option.Option.Name}: given {option.IdentifierTokenCount} times (expected once)";
            throw new UsageException(ErrorCodes.UsageOption, what);
        }
        // An option whose value was forgotten would take the next option for it.
        bool isMissing = option.Tokens.Count < option.IdentifierTokenCount
            || option.Tokens.Any(token => names.Contains(token.Value));
        if (option.Option.Arity.MinimumNumberOfValues > 0 && !option.Implicit && isMissing)
            throw new UsageException(ErrorCodes.UsageOption, $"{option.Option.Name}: value missing");
    }

    private static UsageException Unmatched(Command command, string token)
    {
        string shown = PrintableText.Clip(token);
        if (command is not VerbGroup)
            return new UsageException(ErrorCodes.UsageOption, $"unexpected argument '{shown}'");
        string verbs = string.Join(", ", command.Subcommands.Select(verb => verb.Name));
        string hint = Spelling.Nearest(token, command.Subcommands.Select(verb => verb.Name)) is { } near
            ? $"did you mean '{near}'?"
            : $"expected one of {verbs}";
        return new UsageException(ErrorCodes.UsageOption, $"unknown verb '{shown}'; {hint}");
    }

    private static string Message(ParseError error) =>
        error.SymbolResult switch
        {
            ArgumentResult argument when argument.Tokens.Count == 0 => $"{argument.Argument.Name} missing",
            OptionResult { Implicit: true } option => $"{option.Option.Name} missing",
            CommandResult when error.Message.StartsWith("Option '", StringComparison.Ordinal) =>
                $"{error.Message.Split('\'')[1]} missing",
            _ => error.Message,
        };
}
