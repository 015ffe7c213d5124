namespace ViCA.Native.Cli.Output;

/// <summary>Nobody reads the output any more: the command ends without a word.</summary>
internal sealed class ClosedOutputException(Exception cause) : Exception("the output is closed", cause);
