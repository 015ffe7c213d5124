using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>What the verifier of the IR finds.</summary>
public class IrVerifierTests
{
    /// <summary>if (1 &lt; v0) v1 = v0 + 1; join: phi(v0, v1).</summary>
    private sealed class Diamond
    {
        public Diamond()
        {
            Function = new IrFunction("diamond", 8, 8);
            Builder = new IrBuilder(Function);
            Entry = Block();
            Side = Block();
            Join = Block();
            Builder.Block = Entry;
            Load = Builder.Emit(new IrInstruction(IrOp.Load, IrType.I32, Function.Constant(0L))
            {
                Memory = new MemoryAccess(MemorySpace.Parameter, MemoryType.B32),
            });
            Entry.Condition = Builder.Compare(IrCondition.Less, Function.Constant(1), Load);
            Entry.Terminator = IrTerminatorKind.Branch;
            Entry.Successors = [Side, Join];
            Builder.Block = Side;
            Sum = Builder.Binary(IrOp.Add, Load, Function.Constant(1));
            Side.Terminator = IrTerminatorKind.Jump;
            Side.Successors = [Join];
            Side.Predecessors.Add(Entry);
            Phi = new IrInstruction(IrOp.Phi, IrType.I32, Load, Sum) { Block = Join };
            Join.Phis.Add(Phi);
            Join.Predecessors.AddRange([Entry, Side]);
            Join.Terminator = IrTerminatorKind.Return;
            Builder.Block = Join;
        }

        public IrFunction Function { get; }

        public IrBuilder Builder { get; }

        public IrBlock Entry { get; }

        public IrBlock Side { get; }

        public IrBlock Join { get; }

        public IrInstruction Load { get; }

        public IrInstruction Sum { get; }

        public IrInstruction Phi { get; }

        public string Problem => Assert.Single(IrVerifier.Verify(Function));

        private IrBlock Block()
        {
            IrBlock block = new(Function.Blocks.Count);
            Function.Blocks.Add(block);
            return block;
        }
    }

    [Fact]
    public void Verify_WellFormed_FindsNothing() => Assert.Empty(IrVerifier.Verify(new Diamond().Function));

    [Fact]
    public void Verify_UseThatTheDefinitionDoesNotDominate_IsFound()
    {
        Diamond ir = new();
        ir.Builder.Emit(new IrInstruction(IrOp.Not, IrType.I32, ir.Sum));
        Assert.Contains("before it is computed", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_UseAboveTheDefinition_IsFound()
    {
        Diamond ir = new();
        ir.Entry.Instructions.Reverse();
        Assert.Contains("before it is computed", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_UseOfARemovedInstruction_IsFound()
    {
        Diamond ir = new();
        ir.Side.Instructions.Clear();
        Assert.Contains("which is in no block", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_PhiWithTooFewOperands_IsFound()
    {
        Diamond ir = new();
        ir.Phi.Operands = [ir.Load];
        Assert.Contains("1 operands for 2 predecessors", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OperandOfAnotherType_IsFound()
    {
        Diamond ir = new();
        ir.Builder.Emit(new IrInstruction(IrOp.Add, IrType.I32, ir.Phi, ir.Function.Constant(1L)));
        Assert.Contains("takes (I32, I64), expected (I32, I32)", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_BranchOnANumber_IsFound()
    {
        Diamond ir = new();
        ir.Entry.Condition = ir.Load;
        Assert.Contains("branches on", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_BranchWithoutCondition_IsFound()
    {
        Diamond ir = new();
        ir.Entry.Condition = null;
        Assert.Contains("without a condition", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_SuccessorThatDoesNotKnowItsPredecessor_IsFound()
    {
        Diamond ir = new();
        ir.Side.Predecessors.Clear();
        Assert.Contains("1× as successor, but is 0× its predecessor", string.Join('\n', IrVerifier.Verify(ir.Function)), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_ConstantOfAnotherFunction_IsFound()
    {
        Diamond ir = new();
        ir.Builder.Emit(new IrInstruction(IrOp.Not, IrType.I32, new Diamond().Function.Constant(9)));
        Assert.Contains("is not one of the function", ir.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_UseOfAStore_IsFound()
    {
        Diamond ir = new();
        IrInstruction store = ir.Builder.Emit(
            new IrInstruction(IrOp.Store, IrType.Void, ir.Function.Constant(64L), ir.Phi)
            {
                Memory = new MemoryAccess(MemorySpace.Global, MemoryType.B32),
            });
        ir.Builder.Emit(new IrInstruction(IrOp.Not, IrType.I32, store));
        Assert.Contains(IrVerifier.Verify(ir.Function), problem => problem.Contains("which has no result", StringComparison.Ordinal));
    }
}
