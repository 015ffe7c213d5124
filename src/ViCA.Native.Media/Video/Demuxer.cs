using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>
/// An opened container. Only the demuxer that the file's first bytes ask for, only the accepted decoders and only the
/// `file` protocol are allowed; references to other files are off, which is libav's default.
/// </summary>
internal sealed unsafe class Demuxer : IDisposable
{
    private const string Formats = "mov,matroska,avi,flv,mpegts,mpeg";
    private const string Decoders = "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,mpeg2video,mjpeg,png";
    private const string Protocols = "file";

    private readonly LibavLayout _layout;
    private readonly FormatHandle _format;

    private Demuxer(MediaFile file, LibavLayout layout, FormatHandle format)
    {
        File = file;
        _layout = layout;
        _format = format;
    }

    internal MediaFile File { get; }

    internal int StreamCount => *(int*)(_format.Pointer + _layout.FormatStreamCount);

    /// <summary>Throws <see cref="MediaException"/> when libav cannot open the file.</summary>
    internal static Demuxer Open(MediaFile file, CancellationToken cancellationToken)
    {
        LibavLayout layout = LibavLibraries.Require();
        int* interrupt = (int*)NativeMemory.AllocZeroed(sizeof(int));
        nint context = LibavImports.avformat_alloc_context();
        FormatHandle format = new(LibavMemory.Checked(context), interrupt);
        Demuxer demuxer = new(file, layout, format);
        try
        {
            *(delegate* unmanaged[Cdecl]<void*, int>*)(context + layout.FormatInterruptCallback) = &IsInterrupted;
            *(int**)(context + layout.FormatInterruptCallback + sizeof(nint)) = interrupt;
            using (demuxer.Interruptible(cancellationToken))
                demuxer.OpenInput(cancellationToken);
            return demuxer;
        }
        catch
        {
            demuxer.Dispose();
            throw;
        }
    }

    internal nint Stream(int index) => (*(nint**)(_format.Pointer + _layout.FormatStreams))[index];

    /// <summary>libav's choice among the video streams, a negative number when there is none.</summary>
    internal int FindBestVideo() =>
        LibavImports.av_find_best_stream(_format.Pointer, LibavConstants.MediaTypeVideo, -1, -1, null, 0);

    /// <summary>Drops the packets of all streams but <paramref name="chosen"/> while reading.</summary>
    internal void DiscardAllBut(int chosen)
    {
        for (int i = 0; i < StreamCount; i++)
        {
            if (i != chosen)
                *(int*)(Stream(i) + _layout.StreamDiscard) = LibavConstants.DiscardAll;
        }
    }

    /// <summary>
    /// Reads the next packet of stream <paramref name="stream"/>; false at the end of the file. Throws
    /// <see cref="MediaException"/> when the container cannot be read on.
    /// </summary>
    internal bool TryRead(PacketHandle packet, int stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LibavImports.av_packet_unref(packet.Pointer);
            int result = LibavImports.av_read_frame(_format.Pointer, packet.Pointer);
            if (result == LibavConstants.ErrorEndOfFile)
                return false;
            if (result < 0)
                throw ReadFault(result);
            if (*(int*)(packet.Pointer + _layout.PacketStreamIndex) == stream)
                return true;
        }
    }

    internal bool TrySeek(int stream, long timestamp, int flags) =>
        LibavImports.av_seek_frame(_format.Pointer, stream, timestamp, flags) >= 0;

    public void Dispose() => _format.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsInterrupted(void* flag) => Volatile.Read(ref *(int*)flag);

    /// <summary>While the result lives, a cancelled token stops libav inside its own loops.</summary>
    private CancellationTokenRegistration Interruptible(CancellationToken cancellationToken)
    {
        _format.Interrupt(false);
        return cancellationToken.UnsafeRegister(static state => ((FormatHandle)state!).Interrupt(true), _format);
    }

    private void OpenInput(CancellationToken cancellationToken)
    {
        nint demuxer = LibavImports.av_find_input_format(File.Container.Demuxer);
        nint options = 0;
        try
        {
            _ = LibavImports.av_dict_set(&options, "format_whitelist", Formats, 0);
            _ = LibavImports.av_dict_set(&options, "codec_whitelist", Decoders, 0);
            _ = LibavImports.av_dict_set(&options, "protocol_whitelist", Protocols, 0);
            _ = LibavImports.av_dict_set(&options, "max_streams", $"{MediaLimits.MaxStreams}", 0);
            nint context = _format.Take();
            int result = LibavImports.avformat_open_input(&context, $"file:{File.FullPath}", demuxer, &options);
            _format.Put(context);
            if (result < 0)
                throw OpenFault(result, cancellationToken);
        }
        finally
        {
            LibavImports.av_dict_free(&options);
        }
        RefuseLargePictures();
        FindStreamInfo(cancellationToken);
    }

    /// <summary>
    /// Headers that announce too large a picture are refused before libav decodes a frame to learn about the stream.
    /// </summary>
    private void RefuseLargePictures()
    {
        for (int i = 0; i < StreamCount; i++)
        {
            nint parameters = *(nint*)(Stream(i) + _layout.StreamParameters);
            if (*(int*)(parameters + _layout.ParametersCodecType) == LibavConstants.MediaTypeVideo)
            {
                PictureSize.RefuseTooLarge(
                    *(int*)(parameters + _layout.ParametersWidth),
                    *(int*)(parameters + _layout.ParametersHeight),
                    File.Label);
            }
        }
    }

    private void FindStreamInfo(CancellationToken cancellationToken)
    {
        int count = StreamCount;
        nint* options = (nint*)NativeMemory.AllocZeroed((nuint)Math.Max(1, count), (nuint)sizeof(nint));
        try
        {
            for (int i = 0; i < count; i++)
                _ = LibavImports.av_dict_set(&options[i], "max_pixels", $"{MediaLimits.MaxPixels}", 0);
            int result = LibavImports.avformat_find_stream_info(_format.Pointer, options);
            cancellationToken.ThrowIfCancellationRequested();
            if (result < 0)
                throw ReadFault(result);
        }
        finally
        {
            for (int i = 0; i < count; i++)
                LibavImports.av_dict_free(&options[i]);
            NativeMemory.Free(options);
        }
    }

    private Exception OpenFault(int result, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException(cancellationToken);
        return result switch
        {
            LibavConstants.ErrorAccess or LibavConstants.ErrorInputOutput =>
                MediaLabel.Fault(File.Label, ErrorCodes.MediaUnreadable, "the file cannot be read"),
            _ => MediaLabel.Fault(
                File.Label,
                ErrorCodes.MediaCorrupt,
                $"the {File.Container.Name} header is damaged (libav error {result})"),
        };
    }

    private MediaException ReadFault(int result) => result == LibavConstants.ErrorInputOutput
        ? MediaLabel.Fault(File.Label, ErrorCodes.MediaUnreadable, "the file cannot be read")
        : MediaLabel.Fault(
            File.Label,
            ErrorCodes.MediaCorrupt,
            $"the {File.Container.Name} container is damaged (libav error {result})");
}
