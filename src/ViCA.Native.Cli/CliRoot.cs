using System.CommandLine;
using ViCA.Native.Cli.Options;

namespace ViCA.Native.Cli;

/// <summary>The command `vica` itself: the verbs and the options that all of them have.</summary>
internal sealed class CliRoot : VerbGroup
{
    public CliRoot(IEnumerable<Verb> verbs)
        : base("vica", "Answers questions about videos of rooms with ViCA-7B, on this machine.", verbs)
    {
        Examples = ["vica demo", "vica ask room.mp4 \"How many chairs are in this room?\" --model DIR"];
        Add(Json);
        Add(NoColor);
        Add(Verbose);
        Add(Quiet);
        Add(Version);
        Add(Help);
    }

    public Option<bool> Json { get; } = Global("--json", "Print the result as one JSON object; errors too, on stderr.");

    public Option<bool> NoColor { get; } = Global("--no-color", "No colours, as with NO_COLOR.");

    public Option<bool> Verbose { get; } = Global("--verbose", "More on stderr: causes of errors, stages.", "-v");

    public Option<bool> Quiet { get; } = Global("--quiet", "Nothing on stderr but errors.", "-q");

    public Option<bool> Version { get; } = Global("--version", "Print the version.");

    public Option<bool> Help { get; } = Global("--help", "Print this help.", "-h");

    private static Option<bool> Global(string name, string description, params string[] aliases)
    {
        Option<bool> option = Opt.Flag(name, description, aliases);
        option.Recursive = true;
        return option;
    }
}
