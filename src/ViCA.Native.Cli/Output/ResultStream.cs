using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Output;

/// <summary>The standard output, whose failures have a name: closed, or the disk under it is full.</summary>
internal sealed class ResultStream(Stream inner) : WriteOnlyStream
{
    /// <exception cref="ClosedOutputException">Nobody reads any more.</exception>
    /// <exception cref="ResourceException">`resource_disk`.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException full) when (DiskSpace.IsFull(full))
        {
            throw DiskSpace.Full("standard output", "while writing", full);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new ClosedOutputException(closed);
        }
    }
}
