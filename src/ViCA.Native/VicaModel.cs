using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ViCA.Native.Generation;
using ViCA.Native.Gpu;
using ViCA.Native.Media.Sampling;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models;
using ViCA.Native.Models.Vica;
using ViCA.Native.Prompt;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tensors.Cpu;
using ViCA.Native.Tokenizer;

namespace ViCA.Native;

/// <summary>
/// ViCA-7B, ready to answer. Load it once; it is safe for concurrent callers, whose requests take turns. All weights
/// stay mapped from the files, or are copied to the device once.
/// </summary>
public sealed class VicaModel : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Checkpoint _checkpoint;
    private readonly CpuExecutor _cpu;
    private readonly OpContext _context;
    private readonly GpuDevice? _device;
    private readonly WeightUpload? _upload;
    private readonly ConcurrentQueue<Workspace> _released = new();
    private readonly VicaNetwork _network;
    private readonly VideoPreparation _preparation;
    private readonly Generator _generator;
    private readonly VicaModelOptions _options;
    private readonly DType _precision;
    private readonly TimeSpan _loadTime;
    private bool _disposed;

    private VicaModel(LoadedModel loaded, VicaModelOptions options, DeviceChoice choice, long start)
    {
        _precision = options.Precision == VicaPrecision.FP32 ? DType.F32 : DType.BF16;
        _options = options;
        _checkpoint = loaded.Checkpoint;
        _cpu = new CpuExecutor(options.Threads);
        _device = choice.Device;
        _upload = _device is null ? null : new WeightUpload(_device);
        _context = new OpContext(_cpu, new Workspace(_device));
        DeviceName = _device?.Name ?? "CPU";
        DeviceNotice = choice.Notice;
        Config = loaded.Config;
        Tokenizer = loaded.Tokenizer;
        Info = loaded.Info;
        Sites = new SiteCatalog(loaded.Config, loaded.Tokenizer.Length);
        _network = new VicaNetwork(
            loaded.Config,
            new WeightScope(loaded.Checkpoint, "", _upload),
            loaded.VocabularyRows,
            loaded.Tokenizer.Length,
            _precision);
        _preparation = new VideoPreparation(_network, loaded.Config, _precision, Release);
        _generator = new Generator(
            _network.Language, loaded.Config, loaded.GenerationConfig, loaded.Tokenizer, _precision);
        _loadTime = Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Which model this is.</summary>
    public VicaModelInfo Info { get; }

    /// <summary>Its sizes.</summary>
    public VicaConfig Config { get; }

    /// <summary>Its tokenizer.</summary>
    public BpeTokenizer Tokenizer { get; }

    /// <summary>The places whose values can be captured.</summary>
    public SiteCatalog Sites { get; }

    /// <summary>What it runs on, as that calls itself.</summary>
    public string DeviceName { get; }

    /// <summary>What a user should know about the choice of the device, one line; null when there is nothing.</summary>
    public string? DeviceNotice { get; }

    /// <summary>Maps and checks the files of a model, and copies its weights to the device where there is one.</summary>
    /// <exception cref="VicaException">The files are not usable; the code and the message say why.</exception>
    public static Task<VicaModel> LoadAsync(
        VicaModelOptions options, IProgress<VicaProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(
            () =>
            {
                long start = Stopwatch.GetTimestamp();
                progress?.Report(new VicaProgress(VicaStage.Load, 0, 1));
                DeviceChoice choice = DeviceChoice.Open(options.Device);
                try
                {
                    LoadedModel loaded = LoadedModel.Load(options.ModelPath, cancellationToken);
                    VicaModel model = new(loaded, options, choice, start);
                    progress?.Report(new VicaProgress(VicaStage.Load, 1, 1));
                    return model;
                }
                catch
                {
                    choice.Device?.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>Decodes a video, chooses frames and runs the vision tower over them.</summary>
    /// <exception cref="MediaException">The video is not usable.</exception>
    /// <exception cref="RequestException">The options are not usable.</exception>
    public Task<PreparedVideo> PrepareAsync(
        VideoSource source,
        VideoOptions? options = null,
        IProgress<VicaProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        PrepareAsync(source, null, options, progress, cancellationToken);

    /// <summary>
    /// The same for a question that will be asked: one that the model cannot take is refused before the tower, which
    /// may run for minutes, and not after it.
    /// </summary>
    /// <exception cref="MediaException">The video is not usable.</exception>
    /// <exception cref="RequestException">The question or the options are not usable, or the two are too long.</exception>
    public Task<PreparedVideo> PrepareForAsync(
        VideoSource source,
        VicaQuestion question,
        VideoOptions? options = null,
        IProgress<VicaProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        return PrepareAsync(source, question, options, progress, cancellationToken);
    }

    /// <summary>Answers a question about a prepared video.</summary>
    /// <exception cref="RequestException">The question or the options are not usable.</exception>
    public Task<VicaAnswer> AskAsync(
        PreparedVideo video,
        VicaQuestion question,
        GenerationOptions? options = null,
        IProgress<VicaProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        void Report(VicaUpdate update)
        {
            if (update is VicaUpdate.Progress p)
                progress?.Report(new VicaProgress(p.Stage, p.Done, p.Total));
        }

        return TakeTurnAsync(
            () => Answer(video, question, options ?? new GenerationOptions(), Report, cancellationToken).Answer,
            cancellationToken);
    }

    /// <summary>
    /// Answers a question, piece by piece: progress, tokens with the text that may be shown, and at the end the answer.
    /// Text that might still change (incomplete characters, white space at either end, the start of a stop string) is
    /// held back, so that all pieces joined equal the answer's text.
    /// </summary>
    /// <exception cref="RequestException">The question or the options are not usable.</exception>
    public async IAsyncEnumerable<VicaUpdate> StreamAsync(
        PreparedVideo video,
        VicaQuestion question,
        GenerationOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Channel<VicaUpdate> channel = Channel.CreateUnbounded<VicaUpdate>();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> work = TakeTurnAsync(
            () =>
            {
                VicaUpdate.Completed last = Answer(
                    video, question, options ?? new GenerationOptions(), u => channel.Writer.TryWrite(u), stop.Token);
                return channel.Writer.TryWrite(last);
            },
            stop.Token);
        _ = work.ContinueWith(
            done => channel.Writer.TryComplete(done.Exception?.InnerException),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            await foreach (VicaUpdate update in channel.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return update;
            await work.ConfigureAwait(false);
        }
        finally
        {
            // A consumer that leaves early ends the work; its cancellation is what was asked for.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Writes the activations of the prefill at the sites of a request to a safetensors file.</summary>
    /// <exception cref="RequestException">A pattern matches no site.</exception>
    /// <exception cref="ResourceException">The file would be larger than allowed, or than the free disk.</exception>
    public Task<CaptureReport> CaptureAsync(
        VideoSource source,
        VicaQuestion question,
        CaptureRequest request,
        IProgress<VicaProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        TakeTurnAsync(
            () => new ActivationCapture(this, _preparation, _generator, _precision)
                .Run(_context, source, question, request, progress, cancellationToken),
            cancellationToken);

    /// <summary>The ids of a question's prompt before and after the video.</summary>
    /// <exception cref="RequestException">The question is not usable.</exception>
    public PromptTokens Tokenize(VicaQuestion question, FrameSample sample)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(sample);
        if (question.Style == PromptStyle.Raw)
            return PromptTokens.FromRaw(Tokenizer, question.Text);
        string instruction = question.TimeInstruction
            ? TimeInstruction.Format(sample.VideoTimeSeconds, sample.Frames.Select(frame => frame.TimeSeconds).ToArray())
            : "";
        return PromptTokens.FromCard(Tokenizer, question.Text, question.Options, instruction);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _turn.Wait();
        _cpu.Dispose();
        DisposeReleased();
        _context.Workspace.Dispose();
        _upload?.Dispose();
        _device?.Dispose();
        _checkpoint.Dispose();
        _disposed = true;
        _turn.Release();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <exception cref="WeightsFormatException">`weights_changed`: a file is no longer the one that was loaded.</exception>
    internal void RequireUnchangedWeights()
    {
        // A device has copies of its own.
        if (_upload is null)
            _checkpoint.RequireUnchanged();
    }

    private Task<PreparedVideo> PrepareAsync(
        VideoSource source,
        VicaQuestion? question,
        VideoOptions? options,
        IProgress<VicaProgress>? progress,
        CancellationToken cancellationToken) =>
        TakeTurnAsync(
            () =>
            {
                SampledVideo video = SampledVideo.Read(
                    source, options ?? VideoOptions.Default, Config.Vision.ImageSize, progress, cancellationToken);
                if (question is not null)
                {
                    int videoTokens = video.Frames.Count * Config.Vision.TokensPerFrame;
                    _generator.RequireFit(videoTokens, Tokenize(question, video.Sample).TextTokens);
                }
                return _preparation.Run(_context, video, null, progress, cancellationToken);
            },
            cancellationToken);

    private VicaUpdate.Completed Answer(
        PreparedVideo video,
        VicaQuestion question,
        GenerationOptions options,
        Action<VicaUpdate> emit,
        CancellationToken cancellationToken)
    {
        void Emit(VicaUpdate update)
        {
            // What comes from weights that were exchanged meanwhile must not be shown.
            RequireUnchangedWeights();
            emit(update);
        }

        options.Validate();
        PromptTokens tokens = Tokenize(question, video.Sample);
        PromptSequence prompt = new(tokens.BeforeVideo, video.Tokens, tokens.AfterVideo);
        Generator.Result result = _generator.Run(_context, prompt, options, Emit, cancellationToken);
        string rest = result.Answer.Finish();
        VicaTimings timings = VicaTimings.Of(
            _loadTime, video, result.Prefill, result.Decode);
        return new VicaUpdate.Completed(
            rest,
            new VicaAnswer(
                result.Answer.Text,
                result.TokenIds,
                result.FinishReason,
                new TokenUsage(prompt.Length, video.TokenCount, result.TokenIds.Count),
                timings,
                video.Sample.Frames,
                Info,
                _options.Precision,
                options.Seed));
    }

    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            RequireUnchangedWeights();
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A request that was cut short leaves its tensors in the arena.
            _context.Workspace.Return(default);
            DisposeReleased();
            _turn.Release();
        }
    }

    /// <summary>
    /// Gives back the memory of a prepared video. A device works for one thread at a time, so its memory waits for the end
    /// of the turn that is running.
    /// </summary>
    private void Release(Workspace memory)
    {
        if (memory.Device is null)
        {
            memory.Dispose();
            return;
        }

        _released.Enqueue(memory);
        if (!_turn.Wait(0))
            return;
        DisposeReleased();
        _turn.Release();
    }

    private void DisposeReleased()
    {
        // A device that is disposed has freed all of its memory.
        while (_released.TryDequeue(out Workspace? memory))
        {
            if (!_disposed)
                memory.Dispose();
        }
    }
}
