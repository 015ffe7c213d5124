namespace ViCA.Native.Cli.Output;

/// <summary>The standard error. What cannot be written there (a full disk) is lost: it has no other place.</summary>
internal sealed class MessageStream(Stream inner) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            // The answer on the standard output and the exit code still count.
        }
    }
}
