using System.Diagnostics;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.Vica;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Generation;

/// <summary>Prefill in chunks, then one token after the other until a stop token, a stop string or the limit.</summary>
internal sealed class Generator(
    Qwen2Model model, VicaConfig config, GenerationConfig generationConfig, BpeTokenizer tokenizer, DType precision)
{
    /// <summary>Positions that go through the decoder together.</summary>
    public const int PrefillChunk = 512;

    /// <summary>What came out of a sequence.</summary>
    /// <param name="TokenIds">New tokens, the stop token included.</param>
    /// <param name="Answer">Their text.</param>
    /// <param name="FinishReason">Why it ended.</param>
    /// <param name="Prefill">Time to the first scores.</param>
    /// <param name="Decode">Time from there to the end.</param>
    public sealed record Result(
        IReadOnlyList<int> TokenIds, AnswerText Answer, FinishReason FinishReason, TimeSpan Prefill, TimeSpan Decode);

    /// <exception cref="RequestException">The prompt does not fit the model's context.</exception>
    /// <exception cref="NumericException">Scores are not finite.</exception>
    public Result Run(
        OpContext context,
        PromptSequence prompt,
        GenerationOptions options,
        Action<VicaUpdate> emit,
        CancellationToken cancellationToken)
    {
        RequireFit(prompt.Video.Rows, prompt.Length - prompt.Video.Rows);
        int maxNewTokens = Math.Min(options.MaxNewTokens, config.MaxContextLength - prompt.Length);
        using KvCache cache = new(context, config.Language, prompt.Length + maxNewTokens, precision);
        TokenSampler sampler = new(options.ToSampling(generationConfig.RepetitionPenalty), tokenizer.Length);
        long start = Stopwatch.GetTimestamp();
        int first = Prefill(context, prompt, cache, null, logits => sampler.Next(context, logits), emit, cancellationToken);
        TimeSpan prefill = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        (List<int> ids, AnswerText answer, FinishReason reason) =
            Decode(context, cache, options, maxNewTokens, sampler, first, emit, cancellationToken);
        return new Result(ids, answer, reason, prefill, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Runs the prompt once, showing every site.</summary>
    public void Observe(
        OpContext context,
        PromptSequence prompt,
        SiteObserver observer,
        Action<VicaUpdate> emit,
        CancellationToken cancellationToken)
    {
        RequireFit(prompt.Video.Rows, prompt.Length - prompt.Video.Rows);
        using KvCache cache = new(context, config.Language, prompt.Length, precision);
        Prefill(context, prompt, cache, observer, static _ => 0, emit, cancellationToken);
    }

    /// <summary>Checks that a prompt and one token of the answer fit the model's context.</summary>
    /// <exception cref="RequestException">`request_context`: they do not.</exception>
    public void RequireFit(int videoTokens, int textTokens)
    {
        int limit = config.MaxContextLength;
        int needed = videoTokens + textTokens;
        if (needed < limit)
            return;
        throw new RequestException(
            ErrorCodes.RequestContext,
            $"prompt: needs {needed} tokens: {videoTokens} video + {textTokens} text (limit {limit}, one of them for the "
            + "answer); ask for fewer frames");
    }

    /// <summary>What <paramref name="choose"/> makes of the logits of the last position, [1, tokens of the tokenizer].</summary>
    private int Prefill(
        OpContext context,
        PromptSequence prompt,
        KvCache cache,
        SiteObserver? observer,
        Func<Tensor, int> choose,
        Action<VicaUpdate> emit,
        CancellationToken cancellationToken)
    {
        int chosen = 0;
        for (int first = 0; first < prompt.Length; first += PrefillChunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WorkspaceMark mark = context.Workspace.Mark();
            int rows = Math.Min(PrefillChunk, prompt.Length - first);
            SiteScope sites = new(observer, "language", first);
            Tensor hidden = context.Workspace.Take(precision, rows, config.Language.HiddenSize);
            prompt.Fill(context, model, first, hidden);
            sites.Show("inputs", hidden);
            Tensor normal = model.Forward(context, hidden, cache, sites, cancellationToken);
            if (first + rows == prompt.Length)
            {
                Tensor logits = model.Logits(context, normal.Slice(rows - 1, 1));
                observer?.Invoke("logits", logits, 0);
                chosen = choose(logits);
            }

            context.Workspace.Return(mark);
            emit(new VicaUpdate.Progress(VicaStage.Prefill, first + rows, prompt.Length));
        }

        return chosen;
    }

    private (List<int> Ids, AnswerText Answer, FinishReason Reason) Decode(
        OpContext context,
        KvCache cache,
        GenerationOptions options,
        int maxNewTokens,
        TokenSampler sampler,
        int id,
        Action<VicaUpdate> emit,
        CancellationToken cancellationToken)
    {
        AnswerText answer = new(tokenizer, new StopStrings(options.StopStrings));
        List<int> ids = new(Math.Min(maxNewTokens, 4096));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.Add(id);
            emit(new VicaUpdate.Token(id, answer.Add(id)));
            if (generationConfig.EosTokenIds.Contains(id))
                return (ids, answer, FinishReason.Stop);
            if (answer.IsStopped)
                return (ids, answer, FinishReason.Stop);
            if (ids.Count == maxNewTokens)
                return (ids, answer, FinishReason.Length);
            id = Step(context, cache, id, sampler, cancellationToken);
        }
    }

    private int Step(OpContext context, KvCache cache, int id, TokenSampler sampler, CancellationToken cancellationToken)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor hidden = context.Workspace.Take(precision, 1, config.Language.HiddenSize);
        model.Embed(context, [id], hidden);
        Tensor normal = model.Forward(context, hidden, cache, default, cancellationToken);
        int next = sampler.Next(context, model.Logits(context, normal));
        context.Workspace.Return(mark);
        return next;
    }
}
