using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>
/// Questions about libav's pixel formats, by their names and by functions, so that no number is needed.
/// </summary>
internal static unsafe class PixelFormats
{
    private static readonly string[] UnevenChroma = ["422", "411", "440"];

    internal static string Name(int pixelFormat) =>
        Marshal.PtrToStringUTF8(LibavImports.av_get_pix_fmt_name(pixelFormat)) ?? "none";

    internal static int PlaneCount(int pixelFormat) => Math.Max(0, LibavImports.av_pix_fmt_count_planes(pixelFormat));

    /// <summary>
    /// The 4:4:4 format of the same depth and range, or the format itself when its chroma is as fine both ways.
    /// </summary>
    internal static int WithEvenChroma(int pixelFormat)
    {
        int horizontal = 0;
        int vertical = 0;
        _ = LibavImports.av_pix_fmt_get_chroma_sub_sample(pixelFormat, &horizontal, &vertical);
        if (horizontal == vertical)
            return pixelFormat;
        string name = Name(pixelFormat);
        string layout = UnevenChroma.First(layout => name.Contains(layout, StringComparison.Ordinal));
        return LibavImports.av_get_pix_fmt(name.Replace(layout, "444", StringComparison.Ordinal));
    }

    /// <summary>Samples across and down in a plane of a picture, and bytes from one sample to the next.</summary>
    internal static (int Width, int Height, int SampleBytes) PlaneSize(
        int pixelFormat, int width, int height, int plane)
    {
        int horizontal = 0;
        int vertical = 0;
        _ = LibavImports.av_pix_fmt_get_chroma_sub_sample(pixelFormat, &horizontal, &vertical);
        bool isChroma = plane is 1 or 2;
        int planeWidth = isChroma ? -(-width >> horizontal) : width;
        int planeHeight = isChroma ? -(-height >> vertical) : height;
        return (planeWidth, planeHeight, LibavImports.av_image_get_linesize(pixelFormat, width, plane) / planeWidth);
    }
}
