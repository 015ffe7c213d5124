using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// A choice between two values without code on either side becomes a Select: a branch would make the warp diverge for
/// nothing.
/// </summary>
internal static class SelectValues
{
    private const int MaxPhis = 4;

    public static void Run(IrFunction function)
    {
        IrBuilder builder = new(function);
        foreach (IrBlock block in function.Blocks)
        {
            if (block.Terminator == IrTerminatorKind.Branch && JoinOf(block) is { } join)
                Convert(builder, block, join);
        }

        CleanControlFlow.Run(function);
    }

    /// <summary>Where both ways of a branch meet again, each through at most one empty block; else null.</summary>
    private static IrBlock? JoinOf(IrBlock block)
    {
        IrBlock first = Through(block, block.Successors[0]);
        IrBlock second = Through(block, block.Successors[1]);
        return first == second && first.Predecessors.Count == 2 && first.Phis.Count <= MaxPhis && first != block
            ? first
            : null;
    }

    private static IrBlock Through(IrBlock from, IrBlock side) =>
        side is { Terminator: IrTerminatorKind.Jump, Instructions.Count: 0, Phis.Count: 0, Predecessors: [IrBlock only] }
        && only == from
            ? side.Successors[0]
            : side;

    private static void Convert(IrBuilder builder, IrBlock block, IrBlock join)
    {
        IrBlock first = block.Successors[0] == join ? block : block.Successors[0];
        int whenTrue = join.Predecessors.IndexOf(first);
        if (block.Successors[0] == join && block.Successors[1] == join)
            return;
        builder.Block = block;
        builder.Location = block.Location;
        foreach (IrInstruction phi in join.Phis)
        {
            phi.Replacement = builder.Select(
                block.Condition!.Resolve(), phi.Operands[whenTrue].Resolve(), phi.Operands[1 - whenTrue].Resolve());
        }

        foreach (IrBlock side in block.Successors.Where(side => side != join))
        {
            side.Successors = [];
            side.Terminator = IrTerminatorKind.Open;
        }

        join.Phis.Clear();
        join.Predecessors.Clear();
        join.Predecessors.Add(block);
        block.Terminator = IrTerminatorKind.Jump;
        block.Condition = null;
        block.Successors = [join];
    }
}
