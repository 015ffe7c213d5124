namespace ViCA.Native.Cli;

/// <summary>Exit codes that no error code decides; the others are <see cref="VicaException.ExitCode"/>.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Environment = 5;
    public const int Bug = 70;
    public const int Interrupted = 130;
    public const int ClosedPipe = 141;
    public const int Terminated = 143;
}
