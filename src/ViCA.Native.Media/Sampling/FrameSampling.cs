using System.Globalization;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Media.Sampling;

/// <summary>Chooses frames of a video, as the model card's `load_video` does.</summary>
public static class FrameSampling
{
    /// <summary>
    /// numpy's `linspace(0, frameCount − 1, count, dtype=int)`: floor(i · step) in double, the last entry frameCount
    /// − 1. Short videos give repeats.
    /// </summary>
    public static int[] Uniform(int frameCount, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int[] indices = new int[count];
        if (count == 1)
            return indices;
        // NOTE: the product of the rounded step is what numpy floors; i · (n − 1) / (count − 1) differs for some
        // lengths.
        double step = (double)(frameCount - 1) / (count - 1);
        for (int i = 0; i < count - 1; i++)
            indices[i] = (int)Math.Floor(i * step);
        indices[^1] = frameCount - 1;
        return indices;
    }

    /// <summary><paramref name="count"/> frames over the whole video; times are number / rate.</summary>
    public static FrameSample Uniform(int frameCount, FrameRate rate, int count)
    {
        double framesPerSecond = RequireRate(rate);
        return Sample(Uniform(frameCount, count), framesPerSecond, frameCount / framesPerSecond);
    }

    /// <summary>
    /// The card's `load_video(max_frames_num = maxFrames, fps, force_sample)`: one frame every round(rate / fps)
    /// frames, ties to even, or <paramref name="maxFrames"/> over the whole video when that would be more or
    /// <paramref name="forceSample"/> is set. The times of the first kind are number / round(rate / fps), those of
    /// the second number / rate. Where round(rate / fps) is 0 the card fails; here the frames are spread over the
    /// whole video.
    /// </summary>
    public static FrameSample LoadVideo(int frameCount, FrameRate rate, int maxFrames, double fps, bool forceSample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrames, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fps);
        double framesPerSecond = RequireRate(rate);
        double stride = Math.Round(framesPerSecond / fps, MidpointRounding.ToEven);
        double strided = stride < 1 ? double.PositiveInfinity : Math.Ceiling(frameCount / stride);
        if (forceSample || strided > maxFrames)
            return Uniform(frameCount, rate, maxFrames);
        int step = (int)Math.Min(stride, frameCount);
        int[] indices = [.. Enumerable.Range(0, (int)strided).Select(i => i * step)];
        return Sample(indices, stride, frameCount / framesPerSecond);
    }

    /// <summary>
    /// The frames nearest to given times, ties to even. The end of the video means its last frame. Throws
    /// <see cref="RequestException"/> for a time outside the video.
    /// </summary>
    public static FrameSample At(int frameCount, FrameRate rate, IReadOnlyList<double> seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        double framesPerSecond = RequireRate(rate);
        double duration = frameCount / framesPerSecond;
        int[] indices = new int[seconds.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            if (!(seconds[i] >= 0 && seconds[i] <= duration))
                throw OutsideVideo(seconds[i], duration);
            double nearest = Math.Round(seconds[i] * framesPerSecond, MidpointRounding.ToEven);
            indices[i] = (int)Math.Min(nearest, frameCount - 1);
        }
        return Sample(indices, framesPerSecond, duration);
    }

    private static FrameSample Sample(int[] indices, double timeDivisor, double videoTimeSeconds) => new(
        [.. indices.Select((source, index) => new SampledFrame(index, source, source / timeDivisor))],
        videoTimeSeconds);

    private static double RequireRate(FrameRate rate)
    {
        if (rate.Numerator <= 0 || rate.Denominator <= 0)
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "expected a positive rate");
        return rate.Value;
    }

    private static RequestException OutsideVideo(double seconds, double duration) => new(
        ErrorCodes.RequestRange,
        string.Create(
            CultureInfo.InvariantCulture,
            $"frame time: outside the video (expected 0 … {duration:0.###} s, found {seconds:0.###} s)"));
}
