namespace ViCA.Native.Cli.Options;

/// <summary>Which PTX of a description to run.</summary>
internal enum TargetChoice
{
    All,
    Sm80,
    Sm90a,
}
