namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>A basic block: phis first, then instructions, then the way on.</summary>
internal sealed class IrBlock(int id)
{
    public int Id { get; set; } = id;

    public List<IrInstruction> Phis { get; } = [];

    public List<IrInstruction> Instructions { get; set; } = [];

    /// <summary>In the order of the operands of the phis.</summary>
    public List<IrBlock> Predecessors { get; } = [];

    public IrTerminatorKind Terminator { get; set; }

    /// <summary>Of a Branch: the first successor is taken when it holds.</summary>
    public IrInstruction? Condition { get; set; }

    public IrBlock[] Successors { get; set; } = [];

    /// <summary>Where the branch stands in C#.</summary>
    public SourceLocation? Location { get; set; }

    /// <summary>Whether the assembler must not unroll the loop of which this is the header.</summary>
    public bool NoUnroll { get; set; }

    public override string ToString() => $"b{Id}";
}
