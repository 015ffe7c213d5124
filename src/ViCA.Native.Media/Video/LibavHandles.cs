using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>An AVFormatContext together with the flag that its interrupt callback reads.</summary>
internal sealed unsafe class FormatHandle : SafeHandle
{
    private readonly int* _interrupt;

    internal FormatHandle(nint context, int* interrupt)
        : base(0, true)
    {
        _interrupt = interrupt;
        SetHandle(context);
    }

    // A context that failed to open is gone, the flag is still there.
    public override bool IsInvalid => _interrupt == null;

    internal nint Pointer => handle;

    /// <summary>Gives the context away to avformat_open_input, which frees it when it fails.</summary>
    internal nint Take()
    {
        nint context = handle;
        SetHandle(0);
        return context;
    }

    internal void Put(nint context) => SetHandle(context);

    internal void Interrupt(bool value) => Volatile.Write(ref *_interrupt, value ? 1 : 0);

    protected override bool ReleaseHandle()
    {
        nint context = handle;
        if (context != 0)
            LibavImports.avformat_close_input(&context);
        NativeMemory.Free(_interrupt);
        return true;
    }
}

/// <summary>An AVCodecContext.</summary>
internal sealed unsafe class CodecHandle : SafeHandle
{
    internal CodecHandle(nint codec)
        : base(0, true) => SetHandle(LibavMemory.Checked(LibavImports.avcodec_alloc_context3(codec)));

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        nint context = handle;
        LibavImports.avcodec_free_context(&context);
        return true;
    }
}

/// <summary>An AVPacket.</summary>
internal sealed unsafe class PacketHandle : SafeHandle
{
    internal PacketHandle()
        : base(0, true) => SetHandle(LibavMemory.Checked(LibavImports.av_packet_alloc()));

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        nint packet = handle;
        LibavImports.av_packet_free(&packet);
        return true;
    }
}

/// <summary>An AVFrame.</summary>
internal sealed unsafe class FrameHandle : SafeHandle
{
    internal FrameHandle()
        : base(0, true) => SetHandle(LibavMemory.Checked(LibavImports.av_frame_alloc()));

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        nint frame = handle;
        LibavImports.av_frame_free(&frame);
        return true;
    }
}

/// <summary>A SwsContext.</summary>
internal sealed class ScaleHandle : SafeHandle
{
    internal ScaleHandle(nint context)
        : base(0, true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        LibavImports.sws_freeContext(handle);
        return true;
    }
}

/// <summary>Native memory with the alignment that swscale's vector paths like, zeroed.</summary>
internal sealed unsafe class AlignedBuffer : SafeHandle
{
    private const int Alignment = 64;

    internal AlignedBuffer(nint byteCount)
        : base(0, true)
    {
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)byteCount, Alignment));
        NativeMemory.Clear((void*)handle, (nuint)byteCount);
    }

    public override bool IsInvalid => handle == 0;

    internal byte* Pointer => (byte*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}

/// <summary>What libav says when it cannot allocate.</summary>
internal static class LibavMemory
{
    internal static nint Checked(nint pointer) => pointer != 0
        ? pointer
        : throw new ResourceException(ErrorCodes.ResourceMemory, "video decoder: out of memory");
}
