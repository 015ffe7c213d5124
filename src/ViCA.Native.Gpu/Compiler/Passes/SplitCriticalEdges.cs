using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// Puts a block on every edge from a branch to a block with phis and other predecessors, so that the copies of the phis
/// have a place that only this edge passes.
/// </summary>
internal static class SplitCriticalEdges
{
    public static void Run(IrFunction function)
    {
        foreach (IrBlock block in function.Blocks.ToList())
        {
            if (block.Terminator != IrTerminatorKind.Branch)
                continue;
            for (int i = 0; i < 2; i++)
            {
                IrBlock target = block.Successors[i];
                if (target.Phis.Count == 0 || target.Predecessors.Count < 2)
                    continue;
                IrBlock edge = new(function.Blocks.Count)
                {
                    Terminator = IrTerminatorKind.Jump,
                    Successors = [target],
                    Location = block.Location,
                };
                edge.Predecessors.Add(block);
                block.Successors[i] = edge;
                target.Predecessors[target.Predecessors.IndexOf(block)] = edge;
                function.Blocks.Add(edge);
            }
        }

        function.Blocks = new IrGraph(function).Blocks;
        function.Number();
    }
}
