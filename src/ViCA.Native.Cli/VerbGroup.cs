using System.CommandLine;

namespace ViCA.Native.Cli;

/// <summary>A name that only holds verbs: alone it shows them.</summary>
internal class VerbGroup : Verb
{
    public VerbGroup(string name, string description, params IEnumerable<Verb> verbs)
        : base(name, description)
    {
        foreach (Verb verb in verbs)
            Add(verb);
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        HelpText.Write(this, console.Output);
        return Task.FromResult(ExitCodes.Ok);
    }
}
