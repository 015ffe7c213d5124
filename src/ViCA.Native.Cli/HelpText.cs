using System.CommandLine;
using ViCA.Native.Cli.Output;

namespace ViCA.Native.Cli;

/// <summary>The help of a verb: what it does, how it is called, its options, and lines that work.</summary>
internal static class HelpText
{
    private const int Width = 100;

    /// <summary>Writes the help of a verb.</summary>
    public static void Write(Verb verb, TextWriter output)
    {
        foreach (string line in Columns.Wrap(verb.Description ?? "", Width))
            output.WriteLine(line);
        output.WriteLine();
        output.WriteLine($"usage: {Usage(verb)}");
        WriteSection(output, verb.Subcommands.Count > 0 ? "verbs" : "arguments", Rows(verb));
        WriteSection(output, "options", verb.Options.Where(option => !option.Recursive).Select(Row));
        WriteSection(output, "global options", Root(verb).Options.Where(option => option.Recursive).Select(Row));
        if (verb.Examples.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("examples:");
        foreach (string example in verb.Examples)
            output.WriteLine($"  {example}");
    }

    /// <summary>The verb with all that stands before it: `vica inspect frames`.</summary>
    public static string FullName(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{FullName(parent)} {command.Name}"
        : command.Name;

    private static string Usage(Verb verb)
    {
        if (verb.Subcommands.Count > 0)
            return $"{FullName(verb)} VERB …";
        IEnumerable<string> arguments = verb.Arguments.Select(argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name);
        IEnumerable<string> required = verb.Options.Where(option => option.Required).Select(Signature);
        string options = verb.Options.Any(option => !option.Required) ? "[options]" : "";
        return string.Join(' ', arguments.Prepend(FullName(verb)).Concat(required).Append(options)).TrimEnd();
    }

    private static IEnumerable<(string Left, string Right)> Rows(Verb verb) => verb.Subcommands.Count > 0
        ? verb.Subcommands.Select(child => (child.Name, FirstSentence(child.Description ?? "")))
        : verb.Arguments.Select(argument => (argument.Name, argument.Description ?? ""));

    private static (string Left, string Right) Row(Option option) => (Signature(option), option.Description ?? "");

    private static string Signature(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static void WriteSection(TextWriter output, string title, IEnumerable<(string Left, string Right)> rows)
    {
        const int Indent = 2;
        const int Gap = 2;
        const int MaxLeft = 34;
        List<(string Left, string Right)> all = [.. rows];
        if (all.Count == 0)
            return;
        int left = all.Select(row => row.Left.Length).Where(length => length <= MaxLeft).DefaultIfEmpty(MaxLeft).Max();
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach ((string name, string text) in all)
        {
            string start = name.PadRight(left);
            foreach (string line in Columns.Wrap(text, Width - left - Indent - Gap))
            {
                if (start.Length > left)
                {
                    output.WriteLine($"  {start}");
                    start = new string(' ', left);
                }
                output.WriteLine($"  {start}  {line}");
                start = new string(' ', left);
            }
        }
    }

    private static string FirstSentence(string text) => text.Split(". ")[0].TrimEnd('.') + ".";

    private static Command Root(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Root(parent) : command;
}
