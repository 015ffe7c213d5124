using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>
/// The functions of libav that this project calls, under their own names. The library names are resolved to files by
/// <see cref="LibavLibraries"/>, so <see cref="LibavLibraries.Require"/> comes before the first call.
/// </summary>
internal static unsafe partial class LibavImports
{
    internal const string Format = "vica-avformat";
    internal const string Codec = "vica-avcodec";
    internal const string Util = "vica-avutil";
    internal const string Scale = "vica-swscale";

    [LibraryImport(Format)]
    internal static partial nint avformat_alloc_context();

    [LibraryImport(Format, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint av_find_input_format(string shortName);

    /// <summary>Frees the context and sets it to zero when it fails.</summary>
    [LibraryImport(Format, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int avformat_open_input(nint* context, string url, nint inputFormat, nint* options);

    [LibraryImport(Format)]
    internal static partial int avformat_find_stream_info(nint context, nint* optionsOfStreams);

    [LibraryImport(Format)]
    internal static partial void avformat_close_input(nint* context);

    [LibraryImport(Format)]
    internal static partial int av_read_frame(nint context, nint packet);

    [LibraryImport(Format)]
    internal static partial int av_seek_frame(nint context, int streamIndex, long timestamp, int flags);

    [LibraryImport(Format)]
    internal static partial int av_find_best_stream(
        nint context, int mediaType, int wanted, int related, nint* decoder, int flags);

    [LibraryImport(Format)]
    internal static partial byte* av_stream_get_side_data(nint stream, int type, nuint* byteCount);

    [LibraryImport(Codec)]
    internal static partial byte* av_packet_get_side_data(nint packet, int type, nuint* byteCount);

    [LibraryImport(Codec)]
    internal static partial nint avcodec_find_decoder(int codecId);

    [LibraryImport(Codec)]
    internal static partial nint avcodec_get_name(int codecId);

    [LibraryImport(Codec)]
    internal static partial nint avcodec_alloc_context3(nint codec);

    [LibraryImport(Codec)]
    internal static partial void avcodec_free_context(nint* context);

    [LibraryImport(Codec)]
    internal static partial int avcodec_parameters_to_context(nint context, nint parameters);

    [LibraryImport(Codec)]
    internal static partial int avcodec_open2(nint context, nint codec, nint* options);

    [LibraryImport(Codec)]
    internal static partial int avcodec_send_packet(nint context, nint packet);

    [LibraryImport(Codec)]
    internal static partial int avcodec_receive_frame(nint context, nint frame);

    [LibraryImport(Codec)]
    internal static partial void avcodec_flush_buffers(nint context);

    [LibraryImport(Codec)]
    internal static partial nint av_packet_alloc();

    [LibraryImport(Codec)]
    internal static partial void av_packet_unref(nint packet);

    [LibraryImport(Codec)]
    internal static partial void av_packet_free(nint* packet);

    [LibraryImport(Util)]
    internal static partial void av_log_set_level(int level);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_dict_set(nint* dictionary, string key, string value, int flags);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint av_dict_get(nint dictionary, string key, nint previous, int flags);

    [LibraryImport(Util)]
    internal static partial void av_dict_free(nint* dictionary);

    [LibraryImport(Util)]
    internal static partial nint av_frame_alloc();

    [LibraryImport(Util)]
    internal static partial void av_frame_unref(nint frame);

    [LibraryImport(Util)]
    internal static partial void av_frame_move_ref(nint destination, nint source);

    [LibraryImport(Util)]
    internal static partial void av_frame_free(nint* frame);

    [LibraryImport(Util, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int av_get_pix_fmt(string name);

    [LibraryImport(Util)]
    internal static partial nint av_get_pix_fmt_name(int pixelFormat);

    [LibraryImport(Util)]
    internal static partial int av_pix_fmt_get_chroma_sub_sample(int pixelFormat, int* horizontal, int* vertical);

    [LibraryImport(Util)]
    internal static partial int av_pix_fmt_count_planes(int pixelFormat);

    [LibraryImport(Util)]
    internal static partial int av_image_get_linesize(int pixelFormat, int width, int plane);

    [LibraryImport(Scale)]
    internal static partial nint sws_getContext(
        int sourceWidth,
        int sourceHeight,
        int sourceFormat,
        int width,
        int height,
        int format,
        int flags,
        nint sourceFilter,
        nint filter,
        double* parameters);

    [LibraryImport(Scale)]
    internal static partial void sws_freeContext(nint context);

    [LibraryImport(Scale)]
    internal static partial int* sws_getCoefficients(int colourSpace);

    [LibraryImport(Scale)]
    internal static partial int sws_getColorspaceDetails(
        nint context,
        int** inverseTable,
        int* sourceRange,
        int** table,
        int* range,
        int* brightness,
        int* contrast,
        int* saturation);

    [LibraryImport(Scale)]
    internal static partial int sws_setColorspaceDetails(
        nint context,
        int* inverseTable,
        int sourceRange,
        int* table,
        int range,
        int brightness,
        int contrast,
        int saturation);

    [LibraryImport(Scale)]
    internal static partial int sws_scale(
        nint context,
        byte** source,
        int* sourceStride,
        int firstRow,
        int rows,
        byte** destination,
        int* stride);
}
