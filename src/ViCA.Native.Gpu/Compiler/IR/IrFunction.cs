using System.Globalization;
using System.Text;

namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>One kernel or device function with everything inlined.</summary>
internal sealed class IrFunction(string name, int parameterBytes, int parameterAlignment)
{
    private readonly Dictionary<(IrType Type, ulong Bits), IrInstruction> _constants = [];

    public string Name { get; } = name;

    public int ParameterBytes { get; } = parameterBytes;

    public int ParameterAlignment { get; } = parameterAlignment;

    /// <summary>The first is the entry; in an order in which definitions come before their uses, loops aside.</summary>
    public List<IrBlock> Blocks { get; set; } = [];

    /// <summary>Bytes of shared memory.</summary>
    public int SharedBytes { get; set; }

    public IrBlock Entry => Blocks[0];

    public IrInstruction Constant(IrType type, ulong bits)
    {
        if (type is IrType.I32 or IrType.F32)
            bits = (uint)bits;
        if (!_constants.TryGetValue((type, bits), out IrInstruction? constant))
        {
            constant = new IrInstruction(IrOp.Constant, type) { Bits = bits };
            _constants.Add((type, bits), constant);
        }

        return constant;
    }

    public IrInstruction Constant(int value) => Constant(IrType.I32, (uint)value);

    public IrInstruction Constant(long value) => Constant(IrType.I64, (ulong)value);

    public IrInstruction Constant(bool value) => Constant(IrType.Predicate, value ? 1UL : 0UL);

    /// <summary>Gives blocks and instructions the numbers by which they are printed, in order.</summary>
    public void Number()
    {
        int id = 0;
        for (int i = 0; i < Blocks.Count; i++)
        {
            Blocks[i].Id = i;
            foreach (IrInstruction instruction in Blocks[i].Phis.Concat(Blocks[i].Instructions))
                instruction.Id = id++;
        }
    }

    /// <summary>The IR as text.</summary>
    public override string ToString()
    {
        Number();
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"function {Name}, {ParameterBytes} bytes of parameters, {SharedBytes} bytes of shared memory\n");
        foreach (IrBlock block in Blocks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{block}:  // from {string.Join(", ", block.Predecessors)}\n");
            foreach (IrInstruction instruction in block.Phis.Concat(block.Instructions))
                text.Append("    ").Append(instruction).Append('\n');
            text.Append(block.Terminator switch
            {
                IrTerminatorKind.Jump => $"    Jump {block.Successors[0]}\n",
                IrTerminatorKind.Branch =>
                    $"    Branch {block.Condition!.Resolve().Name}, {block.Successors[0]}, {block.Successors[1]}\n",
                _ => $"    {block.Terminator}\n",
            });
        }

        return text.ToString();
    }
}
