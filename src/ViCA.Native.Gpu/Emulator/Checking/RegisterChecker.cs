using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// Watches the registers of one running block: which lanes have written which. A copy of a register that was not
/// written is no finding, its use is.
/// </summary>
internal sealed class RegisterChecker(LaunchChecker launch, int block)
{
    private readonly ConditionalWeakTable<Activation, uint[]> _written = [];

    private Activation? _activation;

    private uint[] _lanes = [];

    /// <summary>An instruction has been executed.</summary>
    /// <param name="warp">The warp within its block.</param>
    /// <param name="activation">The activation that it was executed in.</param>
    /// <param name="instruction">What.</param>
    /// <param name="active">Lanes that were there.</param>
    /// <param name="executed">Lanes whose guard was true.</param>
    public void OnInstruction(int warp, Activation activation, Instruction instruction, uint active, uint executed)
    {
        if (instruction.IsInternal)
            return;
        Enter(activation);
        uint complete = Complete(instruction, executed);
        if (complete != executed && !IsCopy(instruction.Opcode))
        {
            Report(warp, instruction, executed & ~complete);
            complete = executed;
        }
        uint unguarded = instruction.Guard >= 0 ? active & ~Written(instruction.Guard) : 0;
        if (unguarded != 0)
            Report(warp, instruction, unguarded);
        for (int i = 0; i < instruction.Writes.Count; i++)
        {
            if (!IsRegister(instruction.Writes[i]))
                continue;
            ref uint written = ref _lanes[instruction.Writes[i].Offset / sizeof(uint)];
            written = (written & ~executed) | complete;
        }
    }

    /// <summary>The lanes that have written all registers that the instruction reads, the guard aside.</summary>
    private uint Complete(Instruction instruction, uint executed)
    {
        uint complete = executed;
        int count = instruction.Reads.Count - (instruction.Guard >= 0 ? 1 : 0);
        for (int i = 0; i < count; i++)
        {
            if (IsRegister(instruction.Reads[i]))
                complete &= Written(instruction.Reads[i].Offset);
        }
        return complete;
    }

    private uint Written(int offset) => _lanes[offset / sizeof(uint)];

    private static bool IsCopy(string opcode) =>
        opcode.StartsWith("mov.", StringComparison.Ordinal) || opcode.StartsWith("selp.", StringComparison.Ordinal);

    private void Enter(Activation activation)
    {
        if (activation == _activation)
            return;
        _activation = activation;
        _lanes = _written.GetValue(
            activation, created => new uint[created.Function.RegisterBytes / sizeof(uint)]);
    }

    /// <summary>What lies behind the registers are constants and the like, which are always there.</summary>
    private bool IsRegister(Slot slot) => !slot.IsNone && slot.Offset / sizeof(uint) < _lanes.Length;

    private void Report(int warp, Instruction instruction, uint lanes)
    {
        string message = $"{launch.Name(block, warp)}: lanes 0x{lanes:x8} use a register that they have not written";
        launch.Add(instruction.Finding(FindingKinds.UninitialisedRegister, message));
    }
}
