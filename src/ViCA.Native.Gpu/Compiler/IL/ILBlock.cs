namespace ViCA.Native.Gpu.Compiler.IL;

/// <summary>A basic block of IL.</summary>
internal sealed class ILBlock(int offset)
{
    public int Offset { get; } = offset;

    public List<ILInstruction> Instructions { get; } = [];

    /// <summary>In the order of the branch: taken, then fall-through; targets of a switch, then fall-through.</summary>
    public List<ILBlock> Successors { get; } = [];

    public List<ILBlock> Predecessors { get; } = [];

    /// <summary>Place in reverse postorder; −1 when unreachable.</summary>
    public int Order { get; set; } = -1;

    public ILBlock? ImmediateDominator { get; set; }

    /// <summary>The innermost loop around it.</summary>
    public ILLoop? Loop { get; set; }

    public bool IsDominatedBy(ILBlock other)
    {
        ILBlock? block = this;
        while (block is not null && block.Order > other.Order)
            block = block.ImmediateDominator;
        return block == other;
    }
}
