using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Output;

/// <summary>The standard output, whose failures have a name: closed, or the disk under it is full.</summary>
internal sealed class ResultStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
