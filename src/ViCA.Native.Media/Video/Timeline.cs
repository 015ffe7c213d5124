namespace ViCA.Native.Media.Video;

/// <summary>Frames per second of a stream.</summary>
internal static class Timeline
{
    /// <summary>
    /// The container's average rate; where it has none, the rate that the packets' times give. Throws
    /// <see cref="MediaException"/> when neither is a rate.
    /// </summary>
    internal static FrameRate AverageRate(VideoStream stream, PacketIndex packets, string label)
    {
        if (IsRate(stream.AverageRate))
            return stream.AverageRate;
        FrameRate measured = Measured(stream, packets);
        if (IsRate(measured))
            return measured;
        throw MediaLabel.Fault(
            label,
            ErrorCodes.MediaTimeline,
            $"frame times cannot be established (expected at most {MediaLimits.MaxFramesPerSecond} frames per second, "
                + $"found {stream.AverageRate})");
    }

    private static bool IsRate(FrameRate rate) =>
        rate.Numerator > 0 && rate.Denominator > 0 && rate.Value <= MediaLimits.MaxFramesPerSecond;

    private static FrameRate Measured(VideoStream stream, PacketIndex packets)
    {
        if (packets.Count < 2 || !packets.AllHaveTimes)
            return default;
        Int128 ticks = (Int128)packets.SortedPts[^1] - packets.SortedPts[0];
        Int128 numerator = (packets.Count - 1) * (Int128)stream.TimeBase.Denominator;
        Int128 denominator = ticks * stream.TimeBase.Numerator;
        while (numerator > int.MaxValue || denominator > int.MaxValue)
            (numerator, denominator) = (numerator >> 1, denominator >> 1);
        return new FrameRate((int)numerator, (int)denominator);
    }
}
