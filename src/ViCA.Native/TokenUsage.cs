namespace ViCA.Native;

/// <summary>Token counts of a request.</summary>
/// <param name="PromptTokens">The whole sequence before the answer, video included.</param>
/// <param name="VideoTokens">Those of them that come from the video.</param>
/// <param name="CompletionTokens">New tokens, the stop token included.</param>
public sealed record TokenUsage(int PromptTokens, int VideoTokens, int CompletionTokens);
