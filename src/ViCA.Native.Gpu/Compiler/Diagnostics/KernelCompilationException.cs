namespace ViCA.Native.Gpu.Compiler.Diagnostics;

/// <summary>A kernel says something that the compiler refuses: all reasons at once.</summary>
public sealed class KernelCompilationException(string kernel, IReadOnlyList<KernelDiagnostic> diagnostics)
    : VicaException(ErrorCodes.KernelRefused, Describe(kernel, diagnostics))
{
    /// <summary>The reasons, in the order in which they were found.</summary>
    public IReadOnlyList<KernelDiagnostic> Diagnostics { get; } = diagnostics;

    private static string Describe(string kernel, IReadOnlyList<KernelDiagnostic> diagnostics) =>
        $"{kernel}: cannot be compiled ({diagnostics.Count} {(diagnostics.Count == 1 ? "reason" : "reasons")})\n"
        + string.Join("\n", diagnostics);
}
