using ViCA.Native.Media.Sampling;

namespace ViCA.Native;

/// <summary>An answer and how it came about.</summary>
/// <param name="Text">The answer, without special tokens, stripped as Python's `str.strip` does.</param>
/// <param name="TokenIds">The new tokens, the stop token included.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="Usage">Token counts.</param>
/// <param name="Timings">Wall times in milliseconds.</param>
/// <param name="Frames">The frames that the model saw.</param>
/// <param name="Model">Which model.</param>
/// <param name="Precision">The type of the activations.</param>
/// <param name="Seed">The seed of the sampling.</param>
public sealed record VicaAnswer(
    string Text,
    IReadOnlyList<int> TokenIds,
    FinishReason FinishReason,
    TokenUsage Usage,
    VicaTimings Timings,
    IReadOnlyList<SampledFrame> Frames,
    VicaModelInfo Model,
    VicaPrecision Precision,
    long Seed);
