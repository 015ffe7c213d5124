namespace ViCA.Native.Cli.Output;

/// <summary>What a user should know about a result.</summary>
internal static class Notices
{
    /// <summary>Says how many of the frames are not the ones that their numbers name, if any.</summary>
    public static void DifferingFrames(CliConsole console, int differing, int count)
    {
        if (differing > 0)
        {
            console.Notice(
                $"note: {differing} of {count} frames are other pictures than their numbers name, as in the reference "
                + "implementation; --frame-selection exact takes those");
        }
    }
}
