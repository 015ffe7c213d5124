using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>One decoded instruction.</summary>
internal abstract class Instruction
{
    /// <summary>Where it stands.</summary>
    public PtxLocation Location { get; set; } = new(0, null, 0);

    /// <summary>Opcode with modifiers; empty for what the decoder adds (jumps that keep the order of blocks).</summary>
    public string Opcode { get; set; } = "";

    /// <summary>Offset of the guard's mask in the frame, or -1.</summary>
    public int Guard { get; set; } = -1;

    /// <summary>All ones where the guard is negated.</summary>
    public uint GuardFlip { get; set; }

    /// <summary>Registers that it reads, in the order of its operands, the guard last.</summary>
    public IReadOnlyList<Slot> Reads { get; set; } = [];

    /// <summary>Registers that it writes.</summary>
    public IReadOnlyList<Slot> Writes { get; set; } = [];

    /// <summary>Index within its function's code.</summary>
    public int Index { get; set; }

    /// <summary>True for what the decoder adds and nobody wrote.</summary>
    public bool IsInternal => Opcode.Length == 0;

    /// <summary>
    /// Does it for the lanes of the mask, which is not empty. The warp's <see cref="Warp.Pc"/> is that of the next
    /// instruction already.
    /// </summary>
    public abstract void Execute(Warp warp, uint mask);

    /// <summary>A finding of that kind at this instruction.</summary>
    public EmulatorFinding Finding(string kind, string message) =>
        new(kind, Location.PtxLine, Location.File, Location.Line, message);
}
