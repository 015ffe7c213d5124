namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>One element of an initialiser: a number, or the address of a symbol.</summary>
/// <param name="Symbol">Name of a variable or function; null for a number.</param>
/// <param name="IsGeneric">Written as <c>generic(symbol)</c>.</param>
/// <param name="Value">The number's bits, or the offset from the symbol.</param>
/// <param name="Shift">For <c>mask(symbol)</c>: the byte that is meant, times 8; else -1.</param>
internal readonly record struct PtxInitialValue(string? Symbol, bool IsGeneric, ulong Value, int Shift = -1);
