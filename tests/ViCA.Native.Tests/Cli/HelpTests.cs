using System.CommandLine;
using System.CommandLine.Parsing;
using ViCA.Native.Cli;

namespace ViCA.Native.Tests.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> Names => [.. Verbs().Select(verb => HelpText.FullName(verb))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryVerb_SaysWhatItDoesAndHow(string name)
    {
        string[] words = name.Split(' ')[1..];

        CliRun run = await CliRun.Of([.. words, "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.Contains($"usage: {name}", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void EveryVerb_HasOneToThreeExamples_ThatAreUnderstood()
    {
        CliRoot root = Root();
        foreach (Verb verb in Verbs().Where(verb => verb is not VerbGroup))
        {
            Assert.InRange(verb.Examples.Count, 1, 3);
            foreach (string example in verb.Examples)
            {
                Assert.StartsWith(HelpText.FullName(verb) + " ", example + " ", StringComparison.Ordinal);
                string program = example.Split(" > ")[0];
                string[] words = [.. CommandLineParser.SplitCommandLine(program).Skip(1)];
                ParseResult line = root.Parse(words, CommandRunner.Parser);
                UsageCheck.Run(line, root);
                Assert.True(line.Errors.Count == 0, $"{example}: {string.Join(' ', line.Errors)}");
            }
        }
    }

    [Fact]
    public void EveryOptionAndArgument_IsExplained()
    {
        foreach (Verb verb in Verbs())
        {
            Assert.False(string.IsNullOrWhiteSpace(verb.Description), verb.Name);
            IEnumerable<Symbol> symbols = [.. verb.Options, .. verb.Arguments];
            Assert.All(symbols, symbol => Assert.EndsWith(".", symbol.Description, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Alone_ListsTheVerbs()
    {
        CliRun run = await CliRun.Of();

        Assert.Equal(0, run.ExitCode);
        foreach (string verb in (string[])["ask", "capture", "demo", "inspect", "weights", "plan", "doctor"])
            Assert.Contains($"\n  {verb} ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        CliRun run = await CliRun.Of("--version");

        Assert.Matches(@"^vica \d+\.\d+\.\d+\n$", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    private static CliRoot Root() => new(ViCA.Native.Cli.Program.Verbs());

    private static IEnumerable<Verb> Verbs() => Below(Root());

    private static IEnumerable<Verb> Below(Command command) =>
        command.Subcommands.Cast<Verb>().SelectMany(verb => Below(verb).Prepend(verb));
}
