using ViCA.Native.Tensors;

namespace ViCA.Native.Cli.KernelCheck.Cases;

/// <summary>
/// The shapes of a real request: 64 frames of 729 patches in the tower, 13,440 tokens in the decoder, one token after
/// them. Where memory decides the speed, more of it than a GPU's second-level cache holds.
/// </summary>
internal static class ModelSizeCases
{
    private const int Tokens = 13440;
    private const int Hidden = 3584;
    private const int Intermediate = 18944;
    private const int FramePatches = 729;
    private const int VisionHidden = 1152;
    private const int VisionIntermediate = 4304;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } = [.. Shapes().Select(item => item with { IsModelSize = true })];

    private static IEnumerable<KernelCase> Shapes()
    {
        yield return ElementwiseCases.Add(DType.BF16, Tokens, Hidden);
        yield return ElementwiseCases.SiluMultiply(DType.BF16, 2048, Intermediate);
        yield return ElementwiseCases.GeluTanh(DType.BF16, 16 * FramePatches, VisionIntermediate);
        yield return ElementwiseCases.Convert(DType.F32, DType.BF16, Tokens, Hidden);
        yield return ElementwiseCases.Rotary(DType.BF16, Tokens, 128, 28, 0);
        yield return ElementwiseCases.EmbeddingLookup(DType.BF16, DType.BF16, Tokens, Tokens, Hidden);
        yield return ElementwiseCases.AppendToCache(DType.BF16, Tokens, 4, 128);
        yield return ElementwiseCases.ArgMax(DType.F32, 152064);
        yield return NormCases.RmsNorm(DType.BF16, Tokens, Hidden);
        yield return NormCases.AddRmsNorm(DType.BF16, Tokens, Hidden);
        yield return NormCases.LayerNorm(DType.BF16, 64 * FramePatches, VisionHidden);
        yield return NormCases.Softmax(DType.BF16, Tokens, Hidden);
        yield return VisionCases.Patches(384, 14);
        yield return VisionCases.PoolFrame(DType.BF16, 27, Hidden);
        yield return Linear(1, Hidden, Intermediate);
        yield return Linear(1, Intermediate, Hidden);
        yield return Linear(FramePatches, VisionHidden, VisionIntermediate);
        yield return Linear(512, Hidden, Intermediate);
        yield return AttentionCases.Bidirectional(DType.BF16, FramePatches, 16, 72);
        yield return AttentionCases.Causal(DType.BF16, 512, 1536, 28, 4, 128);
        yield return AttentionCases.Causal(DType.BF16, 1, Tokens, 28, 4, 128);
    }

    private static KernelCase Linear(int m, int k, int n) =>
        LinearCases.Linear(DType.BF16, DType.BF16, DType.BF16, m, k, n, DType.F32);
}
