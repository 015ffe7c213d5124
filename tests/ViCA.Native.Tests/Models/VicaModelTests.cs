using System.Text;
using ViCA.Native.Generation;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tests.Models;

/// <summary>The library's front door: streaming, concurrent callers, cancellation, limits.</summary>
public sealed class VicaModelTests(TinyModels models) : IClassFixture<TinyModels>
{
    private static readonly FixtureCase Count = FixtureCase.Find("tiny-b", "count");

    private static VideoSource Source => VideoSource.FromFile(Count.Clip("tiny-b"));

    [Fact]
    public async Task Stream_JoinsToTheAnswersText()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        StringBuilder text = new();
        List<int> ids = [];
        VicaAnswer? answer = null;
        await foreach (VicaUpdate update in model.StreamAsync(video, Count.ToQuestion(), Limit(24)))
        {
            switch (update)
            {
                case VicaUpdate.Token token:
                    ids.Add(token.Id);
                    text.Append(token.Text);
                    break;
                case VicaUpdate.Completed last:
                    text.Append(last.RemainingText);
                    answer = last.Answer;
                    break;
            }
        }

        Assert.Equal(Count.GeneratedIds["bf16"], ids);
        Assert.Equal(ids, answer!.TokenIds);
        Assert.Equal(answer.Text, text.ToString());
    }

    [Fact]
    public async Task Stream_LeftEarly_LeavesTheModelReady()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        await foreach (VicaUpdate update in model.StreamAsync(video, Count.ToQuestion(), Limit(24)))
        {
            if (update is VicaUpdate.Token)
                break;
        }

        VicaAnswer answer = await model.AskAsync(video, Count.ToQuestion(), Limit(24));
        Assert.Equal(Count.GeneratedIds["bf16"], answer.TokenIds);
    }

    [Fact]
    public async Task Ask_ByConcurrentCallers_GivesEachItsOwnAnswer()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        Task<VicaAnswer>[] answers = [.. Enumerable.Range(0, 4).Select(i =>
            model.AskAsync(video, i % 2 == 0 ? Count.ToQuestion() : "Where is the door?", Limit(8)))];
        VicaAnswer[] done = await Task.WhenAll(answers);
        Assert.Equal(Count.GeneratedIds["bf16"].Take(8), done[0].TokenIds);
        Assert.Equal(done[0].TokenIds, done[2].TokenIds);
        Assert.Equal(done[1].TokenIds, done[3].TokenIds);
        Assert.NotEqual(done[0].TokenIds, done[1].TokenIds);
    }

    [Fact]
    public async Task Ask_GivesTheSameIds_WhateverTheThreads()
    {
        foreach (int threads in (int[])[1, 3])
        {
            await using VicaModel model = await VicaModel.LoadAsync(
                new VicaModelOptions { ModelPath = models.Folder("tiny-b"), Threads = threads });
            using PreparedVideo video = await PrepareAsync(model);
            VicaAnswer answer = await model.AskAsync(video, Count.ToQuestion(), Limit(24));
            Assert.Equal(Count.GeneratedIds["bf16"], answer.TokenIds);
        }
    }

    [Fact]
    public async Task Ask_Cancelled_ThrowsAndLeavesTheModelReady()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        using CancellationTokenSource stop = new();
        OnStage progress = new(VicaStage.Prefill, stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => model.AskAsync(video, Count.ToQuestion(), Limit(1000), progress, stop.Token));
        VicaAnswer answer = await model.AskAsync(video, Count.ToQuestion(), Limit(24));
        Assert.Equal(Count.GeneratedIds["bf16"], answer.TokenIds);
    }

    [Fact]
    public async Task Ask_WithASeed_RepeatsItself()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        GenerationOptions options = Limit(16) with { Temperature = 1.2, TopK = 50, TopP = 0.95, Seed = 7 };
        VicaAnswer first = await model.AskAsync(video, Count.ToQuestion(), options);
        VicaAnswer again = await model.AskAsync(video, Count.ToQuestion(), options);
        VicaAnswer other = await model.AskAsync(video, Count.ToQuestion(), options with { Seed = 8 });
        Assert.Equal(first.TokenIds, again.TokenIds);
        Assert.NotEqual(first.TokenIds, other.TokenIds);
        Assert.All(first.TokenIds, id => Assert.InRange(id, 0, model.Tokenizer.Length - 1));
    }

    [Fact]
    public async Task Ask_StopsAtAStopString_WhichIsNotPartOfTheText()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        string text = (await model.AskAsync(video, Count.ToQuestion(), Limit(24))).Text;
        string stop = text[5..8];
        VicaAnswer answer = await model.AskAsync(video, Count.ToQuestion(), Limit(24) with { StopStrings = [stop] });
        Assert.Equal(FinishReason.Stop, answer.FinishReason);
        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)].Trim(), answer.Text);
    }

    [Fact]
    public async Task Ask_RefusesAPromptThatDoesNotFit()
    {
        await using VicaModel model = await LoadAsync();
        using PreparedVideo video = await PrepareAsync(model);
        string question = string.Concat(Enumerable.Repeat("1", 40000));
        RequestException error = await Assert.ThrowsAsync<RequestException>(
            () => model.AskAsync(video, question, Limit(1)));
        Assert.Equal(ErrorCodes.RequestContext, error.Code);
        Assert.Contains("120 video", error.Message, StringComparison.Ordinal);
        Assert.Contains("limit 32768", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_Ends_WhenTheWeightsAreExchanged()
    {
        using TemporaryFolder copy = new();
        string original = models.Folder("tiny-b");
        copy.CopyFrom(original, [.. Directory.GetFiles(original).Select(file => Path.GetFileName(file))]);
        await using VicaModel model = await VicaModel.LoadAsync(new VicaModelOptions { ModelPath = copy.Path });
        using PreparedVideo video = await PrepareAsync(model);
        OnStage exchange = new(
            VicaStage.Prefill, () => File.SetLastWriteTimeUtc(copy["model.safetensors"], DateTime.UnixEpoch));

        WeightsFormatException error = await Assert.ThrowsAsync<WeightsFormatException>(
            () => model.AskAsync(video, Count.ToQuestion(), Limit(24), exchange));

        Assert.Equal(ErrorCodes.WeightsChanged, error.Code);
        WeightsFormatException later = await Assert.ThrowsAsync<WeightsFormatException>(() => PrepareAsync(model));
        Assert.Equal(ErrorCodes.WeightsChanged, later.Code);
    }

    [Fact]
    public async Task Capture_KeepsNothing_WhenTheWeightsAreExchanged()
    {
        using TemporaryFolder copy = new();
        string original = models.Folder("tiny-b");
        copy.CopyFrom(original, [.. Directory.GetFiles(original).Select(file => Path.GetFileName(file))]);
        await using VicaModel model = await VicaModel.LoadAsync(new VicaModelOptions { ModelPath = copy.Path });
        CaptureRequest request = new(["logits"], copy["captured.safetensors"]) { Video = new VideoOptions { Frames = 4 } };
        OnStage exchange = new(VicaStage.Prefill, () => File.SetLastWriteTimeUtc(copy["model.safetensors"], DateTime.UnixEpoch));

        WeightsFormatException error = await Assert.ThrowsAsync<WeightsFormatException>(
            () => model.CaptureAsync(Source, Count.ToQuestion(), request, exchange));

        Assert.Equal(ErrorCodes.WeightsChanged, error.Code);
        Assert.False(File.Exists(copy["captured.safetensors"]));
    }

    [Theory]
    [InlineData("", ErrorCodes.RequestMissing)]
    [InlineData("too long", ErrorCodes.RequestContext)]
    public async Task PrepareFor_RefusesAQuestion_BeforeTheTowerRuns(string question, string code)
    {
        await using VicaModel model = await LoadAsync();
        string text = question.Replace("too long", new string('1', 40000), StringComparison.Ordinal);
        StageLog log = new();

        RequestException error = await Assert.ThrowsAsync<RequestException>(
            () => model.PrepareForAsync(Source, text, new VideoOptions { Frames = 4 }, log));

        Assert.Equal(code, error.Code);
        Assert.Contains(VicaStage.Frames, log.Stages);
        Assert.DoesNotContain(VicaStage.Vision, log.Stages);
    }

    [Fact]
    public async Task Capture_RefusesAPromptThatDoesNotFit_BeforeTheTowerRuns()
    {
        await using VicaModel model = await LoadAsync();
        string file = Path.Combine(models.Folder("tiny-b"), "long.safetensors");
        CaptureRequest request = new(["logits"], file) { Video = new VideoOptions { Frames = 4 } };
        StageLog log = new();

        RequestException error = await Assert.ThrowsAsync<RequestException>(
            () => model.CaptureAsync(Source, new string('1', 40000), request, log));

        Assert.Equal(ErrorCodes.RequestContext, error.Code);
        Assert.DoesNotContain(VicaStage.Vision, log.Stages);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Capture_RefusesAPatternThatMatchesNothing_AndShowsNearNames()
    {
        await using VicaModel model = await LoadAsync();
        string file = Path.Combine(models.Folder("tiny-b"), "none.safetensors");
        RequestException error = await Assert.ThrowsAsync<RequestException>(() => model.CaptureAsync(
            VideoSource.FromFile(Count.Clip("tiny-b")), Count.ToQuestion(), new CaptureRequest(["language.layer.1"], file)));
        Assert.Equal(ErrorCodes.RequestSitePattern, error.Code);
        Assert.Contains("language.layers.1", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Capture_RefusesMoreThanItsLimit_BeforeAnythingIsWritten()
    {
        await using VicaModel model = await LoadAsync();
        string file = Path.Combine(models.Folder("tiny-b"), "large.safetensors");
        ResourceException error = await Assert.ThrowsAsync<ResourceException>(() => model.CaptureAsync(
            VideoSource.FromFile(Count.Clip("tiny-b")),
            Count.ToQuestion(),
            new CaptureRequest(["*"], file) { MaxBytes = 1000, Video = new VideoOptions { Frames = 4 } }));
        Assert.Equal(ErrorCodes.ResourceCapture, error.Code);
        Assert.Empty(Directory.GetFiles(models.Folder("tiny-b"), "*large*"));
    }

    [Fact]
    public async Task Capture_ShowsTheLogitsThatTheAnswerCameFrom()
    {
        await using VicaModel model = await LoadAsync();
        string file = Path.Combine(models.Folder("tiny-b"), "logits.safetensors");
        await model.CaptureAsync(
            VideoSource.FromFile(Count.Clip("tiny-b")),
            Count.ToQuestion(),
            new CaptureRequest(["logits"], file) { Video = new VideoOptions { Frames = 4 } });
        using SafetensorsFile captured = SafetensorsFile.Open(file);
        BFloat16[] logits = captured.Find("logits")!.AsSpan<BFloat16>().ToArray();
        Assert.Equal(model.Tokenizer.Length, logits.Length);
        Assert.Equal(Count.GeneratedIds["bf16"][0], Array.IndexOf(logits, logits.MaxBy(value => (float)value)));
    }

    [Fact]
    public void Decode_AllocatesNothingPerToken()
    {
        using Native.Tensors.Checkpoint.Checkpoint checkpoint = Native.Tensors.Checkpoint.Checkpoint.Open(models.Folder("tiny-b"));
        Qwen2Config config = Native.Models.Vica.VicaConfig.Load(models.Folder("tiny-b")).Language;
        Qwen2Model model = new(config, new Native.Models.WeightScope(checkpoint, ""), 608, 596);
        using CpuExecutor cpu = new(2);
        using Workspace workspace = new();
        OpContext context = new(cpu, workspace);
        using KvCache cache = new(context, config, 96, DType.BF16);
        float[] scores = new float[596];
        int[] ids = [17];
        for (int step = 0; step < 40; step++)
            Step();

        // Waiting makes its lock objects when it first has to wait; what a token costs shows in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int step = 0; step < 12; step++)
                Step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Step()
        {
            Tensor hidden = workspace.Take(DType.BF16, 1, config.HiddenSize);
            model.Embed(context, ids, hidden);
            Tensor normal = model.Forward(context, hidden, cache, default(SiteScope), CancellationToken.None);
            model.Logits(context, normal).CopyTo(scores);
            workspace.Return(default);
        }
    }

    private static GenerationOptions Limit(int tokens) => new() { MaxNewTokens = tokens };

    private static Task<PreparedVideo> PrepareAsync(VicaModel model) => model.PrepareAsync(
        VideoSource.FromFile(Count.Clip("tiny-b")), new VideoOptions { Frames = Count.Frames.Count });

    private Task<VicaModel> LoadAsync() =>
        VicaModel.LoadAsync(new VicaModelOptions { ModelPath = models.Folder("tiny-b") });

    private sealed class StageLog : IProgress<VicaProgress>
    {
        public HashSet<VicaStage> Stages { get; } = [];

        public void Report(VicaProgress value) => Stages.Add(value.Stage);
    }

    private sealed class OnStage(VicaStage stage, Action act) : IProgress<VicaProgress>
    {
        public void Report(VicaProgress value)
        {
            if (value.Stage == stage)
                act();
        }
    }
}
