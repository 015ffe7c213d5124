namespace ViCA.Native.Gpu.Compiler.Diagnostics;

/// <summary>One reason why a kernel cannot be compiled.</summary>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Message">What is wrong and what to do instead.</param>
/// <param name="Place">`file:line` in C#, or the method where no symbols are at hand.</param>
/// <param name="CallChain">The calls that lead there, innermost first.</param>
public sealed record KernelDiagnostic(string Code, string Message, string Place, IReadOnlyList<string> CallChain)
{
    public override string ToString() =>
        $"{Place}: {Code}: {Message}{string.Concat(CallChain.Select(call => $"\n    called from {call}"))}";
}
