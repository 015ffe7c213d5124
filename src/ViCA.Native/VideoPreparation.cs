using System.Diagnostics;
using ViCA.Native.Media.Image;
using ViCA.Native.Media.Video;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Models.Vica;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native;

/// <summary>From sampled squares to the video's tokens: patches, vision tower, projector, pooling.</summary>
/// <param name="network">Encodes frames.</param>
/// <param name="config">Sizes.</param>
/// <param name="precision">Type of the activations.</param>
/// <param name="release">Takes back the memory of a prepared video.</param>
internal sealed class VideoPreparation(
    VicaNetwork network, VicaConfig config, DType precision, Action<Workspace> release)
{
    public PreparedVideo Run(
        OpContext context,
        SampledVideo video,
        SiteObserver? observer,
        IProgress<VicaProgress>? progress,
        CancellationToken cancellationToken)
    {
        Workspace memory = context.NewWorkspace();
        try
        {
            int rows = video.Frames.Count * config.Vision.TokensPerFrame;
            Tensor tokens = memory.Take(precision, rows, config.Language.HiddenSize);
            (TimeSpan preprocess, TimeSpan vision) =
                Encode(context, tokens, video, observer, progress, cancellationToken);
            return new PreparedVideo(memory, release, tokens, video, preprocess, vision);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private (TimeSpan Preprocess, TimeSpan Vision) Encode(
        OpContext context,
        Tensor tokens,
        SampledVideo video,
        SiteObserver? observer,
        IProgress<VicaProgress>? progress,
        CancellationToken cancellationToken)
    {
        SigLipConfig vision = config.Vision;
        VideoFrames frames = video.Frames;
        int patches = vision.PatchesPerSide * vision.PatchesPerSide;
        TimeSpan preprocessTime = TimeSpan.Zero, visionTime = TimeSpan.Zero;
        for (int frame = 0; frame < frames.Count; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor rows = tokens.Slice(frame * vision.TokensPerFrame, vision.TokensPerFrame);
            if (observer is null && frame > 0 && frames.Indices[frame] == frames.Indices[frame - 1])
            {
                // A short clip repeats frames; the same pixels give the same tokens.
                rows.CopyFrom(tokens.Slice((frame - 1) * vision.TokensPerFrame, vision.TokensPerFrame));
            }
            else
            {
                WorkspaceMark mark = context.Workspace.Mark();
                long start = Stopwatch.GetTimestamp();
                Tensor pixels = context.Workspace.Take(DType.BF16, patches, 3 * vision.PatchSize * vision.PatchSize);
                Ops.Patches(
                    context, frames[frame], vision.ImageSize, vision.PatchSize, PixelTable.BFloat16Bits, pixels);
                preprocessTime += Stopwatch.GetElapsedTime(start);
                start = Stopwatch.GetTimestamp();
                network.EncodeFrame(context, pixels, rows, frame, observer, cancellationToken);
                visionTime += Stopwatch.GetElapsedTime(start);
                context.Workspace.Return(mark);
            }

            progress?.Report(new VicaProgress(VicaStage.Vision, frame + 1, frames.Count));
        }

        return (preprocessTime, visionTime);
    }
}
