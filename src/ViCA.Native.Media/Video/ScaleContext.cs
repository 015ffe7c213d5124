namespace ViCA.Native.Media.Video;

/// <summary>A picture in memory: up to four planes, their bytes per row, size and libav pixel format.</summary>
internal unsafe struct Picture
{
    internal fixed long Planes[4];
    internal fixed int Strides[4];
    internal int Width;
    internal int Height;
    internal int PixelFormat;
}

/// <summary>How samples mean colours: libav's numbers for the matrix and the range.</summary>
internal readonly record struct ColourMeaning(int Space, int Range);

/// <summary>
/// A bilinear swscale conversion between two fixed kinds of picture, kept while they stay the same. decord 0.6.0
/// converts through libavfilter's scale filter, whose default is bilinear; no other flag gives its bytes.
/// </summary>
internal sealed unsafe class ScaleContext : IDisposable
{
    private Key _key;
    private ScaleHandle? _handle;

    /// <summary>
    /// Converts <paramref name="source"/> into the planes, size and format of <paramref name="destination"/>.
    /// </summary>
    internal void Convert(Picture source, ColourMeaning colour, Picture destination)
    {
        Key key = new(
            source.Width,
            source.Height,
            source.PixelFormat,
            destination.Width,
            destination.Height,
            destination.PixelFormat,
            colour);
        if (_handle is null || key != _key)
            Prepare(key);
        byte** sourcePlanes = stackalloc byte*[4];
        byte** planes = stackalloc byte*[4];
        for (int i = 0; i < 4; i++)
        {
            sourcePlanes[i] = (byte*)source.Planes[i];
            planes[i] = (byte*)destination.Planes[i];
        }
        _ = LibavImports.sws_scale(
            _handle!.Pointer, sourcePlanes, source.Strides, 0, source.Height, planes, destination.Strides);
    }

    public void Dispose() => _handle?.Dispose();

    private void Prepare(Key key)
    {
        _handle?.Dispose();
        nint context = LibavImports.sws_getContext(
            key.SourceWidth,
            key.SourceHeight,
            key.SourceFormat,
            key.Width,
            key.Height,
            key.Format,
            LibavConstants.ScaleBilinear,
            0,
            0,
            null);
        _handle = new ScaleHandle(LibavMemory.Checked(context));
        _key = key;
        SetColours(context, key.Colour);
    }

    private static void SetColours(nint context, ColourMeaning colour)
    {
        int* inverseTable;
        int* table;
        int sourceRange;
        int range;
        int brightness;
        int contrast;
        int saturation;
        _ = LibavImports.sws_getColorspaceDetails(
            context, &inverseTable, &sourceRange, &table, &range, &brightness, &contrast, &saturation);
        // An untagged picture is BT.601 whatever its size; so is one in a matrix that swscale has no table for.
        bool known = colour.Space is >= 1 and <= LibavConstants.ColourSpaceLast
            and not LibavConstants.ColourSpaceUnspecified and not LibavConstants.ColourSpaceYcgco;
        inverseTable = LibavImports.sws_getCoefficients(known ? colour.Space : LibavConstants.ColourSpaceDefault);
        sourceRange = colour.Range switch
        {
            LibavConstants.ColourRangeLimited => 0,
            LibavConstants.ColourRangeFull => 1,
            _ => sourceRange,
        };
        _ = LibavImports.sws_setColorspaceDetails(
            context, inverseTable, sourceRange, table, range, brightness, contrast, saturation);
    }

    private readonly record struct Key(
        int SourceWidth,
        int SourceHeight,
        int SourceFormat,
        int Width,
        int Height,
        int Format,
        ColourMeaning Colour);
}
