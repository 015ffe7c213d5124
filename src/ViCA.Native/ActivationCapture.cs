using System.Buffers;
using ViCA.Native.Generation;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Prompt;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native;

/// <summary>
/// Runs one prefill and writes the values of chosen sites, all rows, in the type of the activations, into a safetensors
/// file. The file is as large as planned before anything is computed, and each piece goes to its place in it.
/// </summary>
internal sealed class ActivationCapture(
    VicaModel model, VideoPreparation preparation, Generator generator, DType precision)
{
    /// <exception cref="RequestException">A pattern matches no site, or the question is not usable.</exception>
    /// <exception cref="WeightsFormatException">`weights_changed`: nothing is kept.</exception>
    /// <exception cref="ResourceException">The file would be larger than allowed, or than the free disk.</exception>
    public CaptureReport Run(
        OpContext context,
        VideoSource source,
        VicaQuestion question,
        CaptureRequest request,
        IProgress<VicaProgress>? progress,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<Site> sites = model.Sites.Match(request.SitePatterns);
        SampledVideo video = SampledVideo.Read(
            source, request.Video, model.Config.Vision.ImageSize, progress, cancellationToken);
        PromptTokens prompt = model.Tokenize(question, video.Sample);
        int videoTokens = video.Frames.Count * model.Config.Vision.TokensPerFrame;
        generator.RequireFit(videoTokens, prompt.TextTokens);
        int promptTokens = prompt.TextTokens + videoTokens;
        List<TensorDeclaration> tensors = sites.Select(
            site => new TensorDeclaration(site.Name, precision, [Rows(site, video.Frames.Count, promptTokens), site.Width]))
            .ToList();
        long bytes = tensors.Sum(tensor => tensor.ByteLength);
        CheckSize(bytes, sites.Count, request.MaxBytes);

        using SafetensorsWriter writer = SafetensorsWriter.Create(
            request.OutputPath, tensors, Metadata(question), request.Overwrite);
        HashSet<string> names = sites.Select(site => site.Name).ToHashSet();
        void Observe(string site, Tensor value, int firstRow)
        {
            if (!names.Contains(site))
                return;
            int length = checked((int)value.ByteLength);
            byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
            value.CopyTo(bytes);
            writer.WriteAt<byte>(site, (long)firstRow * value.Columns * value.DType.Bytes(), bytes.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(bytes);
        }

        using PreparedVideo prepared = preparation.Run(context, video, Observe, progress, cancellationToken);
        generator.Observe(
            context,
            new PromptSequence(prompt.BeforeVideo, prepared.Tokens, prompt.AfterVideo),
            Observe,
            update => Report(progress, update),
            cancellationToken);
        // What comes from weights that were exchanged meanwhile must not be kept.
        model.RequireUnchangedWeights();
        writer.Complete();
        return new CaptureReport(request.OutputPath, sites, bytes, promptTokens, videoTokens);
    }

    private long Rows(Site site, int frames, int promptTokens)
    {
        SigLipConfig vision = model.Config.Vision;
        return site.Rows switch
        {
            SiteRows.Patches => (long)frames * vision.PatchesPerSide * vision.PatchesPerSide,
            SiteRows.Sequence => promptTokens,
            _ => 1,
        };
    }

    private static void CheckSize(long bytes, int sites, long maxBytes)
    {
        if (bytes > maxBytes)
        {
            throw new ResourceException(
                ErrorCodes.ResourceCapture,
                $"capture: {sites} sites need {bytes} bytes (expected at most {maxBytes}); "
                + "name fewer sites, ask for fewer frames or raise --max-bytes");
        }
    }

    private Dictionary<string, string> Metadata(VicaQuestion question) => new()
    {
        ["question"] = question.Text,
        ["precision"] = precision == DType.F32 ? "fp32" : "bf16",
        ["configSha256"] = model.Info.ConfigSha256,
        ["indexSha256"] = model.Info.IndexSha256,
    };

    private static void Report(IProgress<VicaProgress>? progress, VicaUpdate update)
    {
        if (update is VicaUpdate.Progress step)
            progress?.Report(new VicaProgress(step.Stage, step.Done, step.Total));
    }
}
