namespace ViCA.Native.Media.Video;

/// <summary>Which picture sizes are accepted.</summary>
internal static class PictureSize
{
    /// <summary>Throws <see cref="MediaException"/> above <see cref="MediaLimits.MaxPixels"/>.</summary>
    internal static void RefuseTooLarge(int width, int height, string label)
    {
        if ((long)width * height > MediaLimits.MaxPixels)
        {
            throw MediaLabel.Fault(
                label,
                ErrorCodes.MediaTooLarge,
                $"{width}x{height} (expected at most {MediaLimits.MaxPixels} pixels)");
        }
    }

    /// <summary>Throws <see cref="MediaException"/> for sizes that no resize can make a picture of.</summary>
    internal static void Require(int width, int height, string label)
    {
        RefuseTooLarge(width, height, label);
        int shorter = Math.Min(width, height);
        int longer = Math.Max(width, height);
        if (shorter < MediaLimits.MinSide || longer > (long)MediaLimits.MaxSideRatio * shorter)
        {
            throw MediaLabel.Fault(
                label,
                ErrorCodes.MediaDimensions,
                $"{width}x{height} is not usable "
                    + $"(expected sides ≥ {MediaLimits.MinSide}, ratio ≤ {MediaLimits.MaxSideRatio})");
        }
    }
}
