namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>What the counters of some instructions must say.</summary>
/// <param name="Instruction">
/// An opcode or the part of one before a dot; counted are the memory-accessing instructions that begin with it.
/// </param>
/// <param name="Values">The numbers that must be met, by the name of the counter.</param>
internal sealed record ExpectedCounter(string Instruction, IReadOnlyDictionary<string, long> Values);
