using ViCA.Native.Media.Image;

namespace ViCA.Native.Media.Video;

/// <summary>
/// Decoded frames to RGB24 of one size, byte for byte as decord 0.6.0: the turn comes before the conversion to RGB,
/// and 4:2:2 is made 4:4:4 before the turn. Holds its scratch memory between frames.
/// </summary>
internal sealed unsafe class RgbConverter : IDisposable
{
    private const int Alignment = 64;
    private const int PlaneCount = 4;

    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly int _width;
    private readonly int _height;
    private readonly int _rotation;
    private readonly ScaleContext _toEvenChroma = new();
    private readonly ScaleContext _toRgb = new();
    private readonly BicubicResize? _resize;
    private PictureBuffer? _evenChroma;
    private PictureBuffer? _turned;
    private PictureBuffer? _rgb;
    private byte[] _packed = [];

    /// <summary>
    /// The size is that of the picture after the turn. With <paramref name="resize"/>, which takes that size, the
    /// result is resized.
    /// </summary>
    internal RgbConverter(int width, int height, int rotation, BicubicResize? resize)
    {
        _width = width;
        _height = height;
        _rotation = rotation;
        _resize = resize;
    }

    /// <summary>
    /// [height, width, 3] of the frame; swscale brings frames to the announced size that have another one.
    /// </summary>
    internal byte[] Convert(FrameHandle frame)
    {
        Picture picture = Read(frame);
        ColourMeaning colour = new(
            *(int*)(frame.Pointer + _layout.FrameColourSpace),
            *(int*)(frame.Pointer + _layout.FrameColourRange));
        bool turnRgb = _rotation != 0 && !HasPlanes(picture.PixelFormat);
        if (_rotation != 0 && !turnRgb)
            picture = TurnPlanes(WithEvenChroma(picture, colour), _rotation);
        bool swapped = turnRgb && _rotation != 180;
        Picture rgb = PictureBuffer.Reuse(
            ref _rgb, LibavConstants.PixelFormatRgb24, swapped ? _height : _width, swapped ? _width : _height);
        _toRgb.Convert(picture, colour, rgb);
        return Finish(turnRgb ? TurnPlanes(rgb, _rotation) : rgb);
    }

    public void Dispose()
    {
        _toEvenChroma.Dispose();
        _toRgb.Dispose();
        _evenChroma?.Dispose();
        _turned?.Dispose();
        _rgb?.Dispose();
    }

    private Picture Read(FrameHandle frame)
    {
        Picture picture = new()
        {
            Width = *(int*)(frame.Pointer + _layout.FrameWidth),
            Height = *(int*)(frame.Pointer + _layout.FrameHeight),
            PixelFormat = *(int*)(frame.Pointer + _layout.FrameFormat),
        };
        for (int i = 0; i < PlaneCount; i++)
        {
            picture.Planes[i] = ((long*)(frame.Pointer + _layout.FrameData))[i];
            picture.Strides[i] = ((int*)(frame.Pointer + _layout.FrameLineSize))[i];
        }
        return picture;
    }

    /// <summary>
    /// True where samples of a colour lie in their own plane. Packed, palette and one-bit pictures are turned after the
    /// conversion, which is the same since no pixel depends on its neighbours there.
    /// </summary>
    private static bool HasPlanes(int pixelFormat)
    {
        string name = PixelFormats.Name(pixelFormat);
        return name.StartsWith("yuv", StringComparison.Ordinal)
            || name.StartsWith("gbr", StringComparison.Ordinal)
            || name.StartsWith("gray", StringComparison.Ordinal);
    }

    private Picture WithEvenChroma(Picture picture, ColourMeaning colour)
    {
        int format = PixelFormats.WithEvenChroma(picture.PixelFormat);
        if (format == picture.PixelFormat)
            return picture;
        Picture even = PictureBuffer.Reuse(ref _evenChroma, format, picture.Width, picture.Height);
        _toEvenChroma.Convert(picture, colour, even);
        return even;
    }

    private Picture TurnPlanes(Picture picture, int degrees)
    {
        bool swapped = degrees != 180;
        Picture turned = PictureBuffer.Reuse(
            ref _turned,
            picture.PixelFormat,
            swapped ? picture.Height : picture.Width,
            swapped ? picture.Width : picture.Height);
        for (int i = 0; i < PixelFormats.PlaneCount(picture.PixelFormat); i++)
        {
            (int width, int height, int sampleBytes) =
                PixelFormats.PlaneSize(picture.PixelFormat, picture.Width, picture.Height, i);
            PlaneRotation.Turn(
                (byte*)picture.Planes[i],
                picture.Strides[i],
                (byte*)turned.Planes[i],
                turned.Strides[i],
                width,
                height,
                sampleBytes,
                degrees);
        }
        return turned;
    }

    private byte[] Finish(Picture rgb)
    {
        int rowBytes = rgb.Width * 3;
        ReadOnlySpan<byte> rows = new((byte*)rgb.Planes[0], rgb.Strides[0] * rgb.Height);
        if (_resize is null)
        {
            byte[] packed = GC.AllocateUninitializedArray<byte>(rowBytes * rgb.Height);
            Pack(rows, rgb.Strides[0], packed, rowBytes);
            return packed;
        }
        if (rgb.Strides[0] != rowBytes)
        {
            if (_packed.Length == 0)
                _packed = new byte[rowBytes * rgb.Height];
            Pack(rows, rgb.Strides[0], _packed, rowBytes);
            rows = _packed;
        }
        byte[] resized = GC.AllocateUninitializedArray<byte>(_resize.OutputBytes);
        _resize.Resize(rows, resized);
        return resized;
    }

    private static void Pack(ReadOnlySpan<byte> rows, int stride, Span<byte> packed, int rowBytes)
    {
        for (int y = 0; y < packed.Length / rowBytes; y++)
            rows.Slice(y * stride, rowBytes).CopyTo(packed.Slice(y * rowBytes));
    }

    /// <summary>Memory for one picture, kept while the kind of picture stays the same.</summary>
    private sealed class PictureBuffer : IDisposable
    {
        private readonly AlignedBuffer _memory;
        private readonly Picture _picture;

        private PictureBuffer(int pixelFormat, int width, int height)
        {
            Picture picture = new() { Width = width, Height = height, PixelFormat = pixelFormat };
            nint bytes = Alignment;
            for (int i = 0; i < PixelFormats.PlaneCount(pixelFormat); i++)
            {
                // NOTE: swscale's vector paths write whole groups of 8 and more pixels, so rows need room at their end.
                int paddedWidth = (width + Alignment - 1) / Alignment * Alignment;
                (int _, int rows, int _) = PixelFormats.PlaneSize(pixelFormat, width, height, i);
                picture.Strides[i] = LibavImports.av_image_get_linesize(pixelFormat, paddedWidth, i);
                picture.Planes[i] = bytes - Alignment;
                bytes += (nint)picture.Strides[i] * rows;
            }
            _memory = new AlignedBuffer(bytes);
            for (int i = 0; i < PixelFormats.PlaneCount(pixelFormat); i++)
                picture.Planes[i] += (nint)_memory.Pointer;
            _picture = picture;
        }

        internal static Picture Reuse(ref PictureBuffer? buffer, int pixelFormat, int width, int height)
        {
            if (buffer is null
                || buffer._picture.PixelFormat != pixelFormat
                || buffer._picture.Width != width
                || buffer._picture.Height != height)
            {
                buffer?.Dispose();
                buffer = new PictureBuffer(pixelFormat, width, height);
            }
            return buffer._picture;
        }

        public void Dispose() => _memory.Dispose();
    }
}
