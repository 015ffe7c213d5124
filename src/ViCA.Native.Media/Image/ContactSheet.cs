using System.Globalization;
using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Media.Image;

/// <summary>
/// All frames of a sample in one picture: a grid of thumbnails with a thin border, under each its place, its number
/// in the video and its time. The same frames always give the same bytes.
/// </summary>
public sealed class ContactSheet
{
    private const int Channels = 3;
    private const int MaxThumbnailWidth = 240;
    private const int MaxThumbnailHeight = 480;
    private const int Border = 1;
    private const int CaptionMargin = 2;
    private const int CharacterStep = CaptionFontTable.GlyphWidth + 1;
    private const int CaptionHeight = CaptionFontTable.GlyphHeight + (2 * CaptionMargin);
    private const byte Background = 24;
    private const byte BorderGray = 96;
    private const byte TextGray = 224;

    private ContactSheet(int width, int height)
    {
        Width = width;
        Height = height;
        Rgb = new byte[width * height * Channels];
        Rgb.AsSpan().Fill(Background);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width, 3].</summary>
    public byte[] Rgb { get; }

    /// <summary>
    /// Draws <paramref name="frames"/> with the captions of <paramref name="sample"/>, which has as many, in rows of
    /// <paramref name="columns"/>. Thumbnails keep their shape and are at most 240 pixels wide and never enlarged.
    /// </summary>
    public static ContactSheet Draw(VideoFrames frames, FrameSample sample, int columns)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sample.Frames.Count, frames.Count, nameof(sample));
        (int width, int height) = ThumbnailSize(frames.Width, frames.Height);
        columns = Math.Max(1, Math.Min(columns, frames.Count));
        int rows = (frames.Count + columns - 1) / columns;
        string[] captions = [.. sample.Frames.Select(Caption)];
        int textWidth = captions.Select(caption => caption.Length * CharacterStep).DefaultIfEmpty().Max();
        int cellWidth = Math.Max(width, textWidth) + (2 * Border);
        int cellHeight = height + (2 * Border) + CaptionHeight;
        ContactSheet sheet = new(columns * cellWidth, Math.Max(1, rows) * cellHeight);
        BicubicResize resize = new(frames.Width, frames.Height, width, height);
        byte[] thumbnail = new byte[width * height * Channels];
        for (int i = 0; i < frames.Count; i++)
        {
            int left = i % columns * cellWidth;
            int top = i / columns * cellHeight;
            resize.Resize(frames[i], thumbnail);
            sheet.FillRectangle(left, top, width + (2 * Border), height + (2 * Border), BorderGray);
            sheet.Paste(thumbnail, width, height, left + Border, top + Border);
            sheet.Write(captions[i], left + Border, top + height + (2 * Border) + CaptionMargin);
        }
        return sheet;
    }

    private static (int Width, int Height) ThumbnailSize(int width, int height)
    {
        double scale = Math.Min(1, Math.Min((double)MaxThumbnailWidth / width, (double)MaxThumbnailHeight / height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    private static string Caption(SampledFrame frame) => string.Create(
        CultureInfo.InvariantCulture,
        $"{frame.Index} #{frame.SourceIndex} {FrameSample.FormatSeconds(frame.TimeSeconds)}s");

    private void FillRectangle(int left, int top, int width, int height, byte gray)
    {
        for (int y = top; y < top + height; y++)
            Rgb.AsSpan(((y * Width) + left) * Channels, width * Channels).Fill(gray);
    }

    private void Paste(ReadOnlySpan<byte> rgb, int width, int height, int left, int top)
    {
        int rowBytes = width * Channels;
        for (int y = 0; y < height; y++)
            rgb.Slice(y * rowBytes, rowBytes).CopyTo(Rgb.AsSpan((((top + y) * Width) + left) * Channels));
    }

    private void Write(string text, int left, int top)
    {
        for (int i = 0; i < text.Length; i++)
        {
            for (int y = 0; y < CaptionFontTable.GlyphHeight; y++)
            {
                for (int x = 0; x < CaptionFontTable.GlyphWidth; x++)
                {
                    if (CaptionFontTable.HasDot(text[i], x, y))
                        FillRectangle(left + (i * CharacterStep) + x, top + y, 1, 1, TextGray);
                }
            }
        }
    }
}
