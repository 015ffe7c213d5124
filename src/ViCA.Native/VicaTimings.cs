namespace ViCA.Native;

/// <summary>Wall times of the stages, in milliseconds.</summary>
/// <param name="Load">Mapping and checking the checkpoint; shared by all requests of a model.</param>
/// <param name="Frames">Opening and decoding the video, and resizing its frames one by one.</param>
/// <param name="Preprocess">From pixels to patches.</param>
/// <param name="Vision">The vision tower, projector and pooling.</param>
/// <param name="Prefill">The decoder over the prompt.</param>
/// <param name="Decode">The new tokens.</param>
/// <param name="Total">All stages together.</param>
public sealed record VicaTimings(
    double Load, double Frames, double Preprocess, double Vision, double Prefill, double Decode, double Total)
{
    internal static VicaTimings Of(TimeSpan load, PreparedVideo video, TimeSpan prefill, TimeSpan decode)
    {
        TimeSpan total = load + video.DecodeTime + video.PreprocessTime + video.VisionTime + prefill + decode;
        return new VicaTimings(
            load.TotalMilliseconds,
            video.DecodeTime.TotalMilliseconds,
            video.PreprocessTime.TotalMilliseconds,
            video.VisionTime.TotalMilliseconds,
            prefill.TotalMilliseconds,
            decode.TotalMilliseconds,
            total.TotalMilliseconds);
    }
}
