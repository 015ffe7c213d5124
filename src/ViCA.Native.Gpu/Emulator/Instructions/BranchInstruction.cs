using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>bra</c> (PTX ISA 9.7.12.1).</summary>
internal sealed class BranchInstruction : Instruction
{
    /// <summary>Index in the function's code.</summary>
    public int Target { get; set; }

    public override void Execute(Warp warp, uint mask) => warp.Branch(mask, Target);
}
