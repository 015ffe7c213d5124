using ViCA.Native.ModelFolder;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Running;

/// <summary>Loads a model as all verbs do it: plan, say what a user should know, load.</summary>
internal static class ModelSession
{
    /// <exception cref="VicaException">The files are not usable, or memory does not suffice.</exception>
    public static async Task<VicaModel> LoadAsync(
        VicaModelOptions options,
        VideoOptions video,
        int maxNewTokens,
        CliConsole console,
        IProgress<VicaProgress> progress,
        CancellationToken cancellationToken)
    {
        int frames = video.Sampling == FrameSamplingMode.AtTimes ? video.Times.Count : video.Frames;
        RequestPlan plan = new(options, frames, maxNewTokens);
        console.Detail($"model: {plan.Folder}");
        console.Detail(
            $"memory: {DiskSpace.Format(plan.Work.TotalBytes)} of {DiskSpace.Format(plan.Memory.AvailableBytes)} free");
        plan.Work.CheckMemory(plan.Memory);
        foreach (string text in ModelFolderInfo.Read(plan.Folder).Notices)
            console.Notice($"note: {text}");
        if (options.Device == VicaDevice.Cpu && plan.IsLong)
            console.Notice($"note: {plan.TimeText}");
        VicaModel model = await VicaModel.LoadAsync(options, progress, cancellationToken).ConfigureAwait(false);
        console.Detail($"device: {model.DeviceName}");
        if (model.DeviceNotice is { } notice)
            console.Notice($"note: {notice}");
        return model;
    }
}
