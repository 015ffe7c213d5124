using System.Text;

namespace ViCA.Native.Tests.Cli;

/// <summary>What surrounds a run.</summary>
internal sealed record CliSetting
{
    public byte[] Input { get; init; } = [];

    public Exception? InputFails { get; init; }

    public bool IsTerminal { get; init; }

    public Dictionary<string, string> Variables { get; init; } = [];

    public static CliSetting Typing(string input) => new() { Input = Encoding.UTF8.GetBytes(input) };
}
