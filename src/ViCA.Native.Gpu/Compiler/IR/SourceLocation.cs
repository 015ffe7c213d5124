using System.Reflection;

namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>A place in C#, and the chain of calls through which it was inlined.</summary>
/// <param name="Method">The method.</param>
/// <param name="Offset">Offset in its IL.</param>
/// <param name="Caller">Where the method was called from; null in the kernel itself.</param>
internal sealed record SourceLocation(MethodBase Method, int Offset, SourceLocation? Caller);
