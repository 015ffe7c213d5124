using ViCA.Native.Cli.KernelCheck.Cases;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>The cases of all kernels. Together they launch every instance.</summary>
internal static class KernelCases
{
    /// <summary>Small ones, in which every branch of the kernels is taken.</summary>
    public static IReadOnlyList<KernelCase> Small { get; } =
        [.. ElementwiseCases.All, .. NormCases.All, .. LinearCases.All, .. AttentionCases.All, .. VisionCases.All];

    /// <summary>The model's shapes.</summary>
    public static IReadOnlyList<KernelCase> ModelSize => ModelSizeCases.All;

    /// <summary>The cases of these names, or of all names below them (`RmsNorm`, `RmsNorm/BF16`); all when there are none.</summary>
    /// <exception cref="UsageException">There is no such case.</exception>
    public static IReadOnlyList<KernelCase> Select(IReadOnlyList<KernelCase> cases, IReadOnlyList<string> words)
    {
        foreach (string word in words)
        {
            if (cases.Any(item => Matches(item, word)))
                continue;
            string hint = Spelling.Nearest(word, cases.Select(item => item.Name.Split('/')[0]).Distinct()) is { } near
                ? $"did you mean '{near}'?"
                : $"expected a name such as {cases[0].Name}, or its first parts";
            throw new UsageException(ErrorCodes.UsageOption, $"CASE: no case '{PrintableText.Clip(word)}'; {hint}");
        }

        return words.Count == 0 ? cases : [.. cases.Where(item => words.Any(word => Matches(item, word)))];
    }

    private static bool Matches(KernelCase item, string word) =>
        item.Name == word || item.Name.StartsWith($"{word}/", StringComparison.Ordinal);
}
