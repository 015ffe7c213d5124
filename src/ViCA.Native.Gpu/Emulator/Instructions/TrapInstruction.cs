using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>trap</c> (PTX ISA 9.7.19.4): the kernel gives up.</summary>
internal sealed class TrapInstruction : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        int lane = int.TrailingZeroCount((int)mask);
        throw new EmulatorFault(Finding(FindingKinds.Trap, $"{MemoryFaults.Who(warp, lane)} executes trap"));
    }
}
