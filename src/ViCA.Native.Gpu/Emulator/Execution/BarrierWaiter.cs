namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Lanes that wait at a barrier of the block.</summary>
internal sealed record BarrierWaiter(Warp Warp, Split Split, BarrierInstruction Instruction, uint Mask);
