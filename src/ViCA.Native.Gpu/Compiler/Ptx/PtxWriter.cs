using System.Globalization;
using System.Text;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Ptx;

/// <summary>
/// IR to PTX text: one virtual register per value, constants as operands, copies of phis at the ends of their
/// predecessors. Equal IR gives equal bytes.
/// </summary>
internal sealed partial class PtxWriter
{
    /// <summary>What a kernel may hold as a static array; beyond it, only the dynamic array has room.</summary>
    public const int StaticSharedLimit = 48 << 10;

    private readonly IrFunction _function;
    private readonly LineTable _lines;
    private readonly StringBuilder _body = new();
    private readonly Dictionary<IrInstruction, string> _names = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly PtxLocations _locations;
    private readonly RegisterClasses _classes;
    private readonly HashSet<IrInstruction> _addresses;
    private readonly Dictionary<(IrInstruction Load, ulong Element), IrInstruction> _extracts = [];

    private PtxWriter(IrFunction function, LineTable lines)
    {
        _function = function;
        _lines = lines;
        _locations = new PtxLocations(_lines);
        _classes = new RegisterClasses(function);
        _addresses = SharedAddressesInRegisters(function);
    }

    /// <param name="function">Without critical edges into blocks with phis.</param>
    /// <param name="target">The target.</param>
    /// <param name="blockThreads">Threads of a block.</param>
    /// <param name="minBlocks">Blocks that must fit on a multiprocessor.</param>
    /// <param name="lines">Where C# lines come from.</param>
    public static string Write(IrFunction function, GpuTarget target, int blockThreads, int minBlocks, LineTable lines)
    {
        PtxWriter writer = new(function, lines);
        for (int i = 0; i < function.Blocks.Count; i++)
            writer.Block(function.Blocks[i], function.Blocks.ElementAtOrDefault(i + 1));
        return writer.Module(target, blockThreads, minBlocks);
    }

    private string Module(GpuTarget target, int blockThreads, int minBlocks)
    {
        StringBuilder text = new();
        int version = Math.Max(target == GpuTarget.Sm90a ? 80 : 70, _function.Blocks
            .SelectMany(block => block.Instructions)
            .Max(instruction => (int?)instruction.Row?.Version) ?? 0);
        text.Append(CultureInfo.InvariantCulture, $".version {version / 10}.{version % 10}\n");
        text.Append(CultureInfo.InvariantCulture, $".target {target.Spelling()}\n");
        text.Append(".address_size 64\n\n");
        _locations.WriteFiles(text);
        if (_function.SharedBytes > StaticSharedLimit)
            text.Append(".extern .shared .align 1024 .b8 shared_memory[];\n\n");
        text.Append(CultureInfo.InvariantCulture, $".visible .entry {_function.Name}(\n");
        text.Append(CultureInfo.InvariantCulture, $"    .param .align {_function.ParameterAlignment} .b8 arguments[{_function.ParameterBytes}]\n)\n");
        text.Append(CultureInfo.InvariantCulture, $".reqntid {blockThreads}, 1, 1\n");
        text.Append(CultureInfo.InvariantCulture, $".minnctapersm {minBlocks}\n");
        text.Append("{\n");
        foreach ((string prefix, string type) in (ReadOnlySpan<(string, string)>)
            [("%p", "pred"), ("%r", "b32"), ("%rd", "b64"), ("%f", "f32"), ("%fd", "f64")])
        {
            if (_counts.TryGetValue(prefix, out int count))
                text.Append(CultureInfo.InvariantCulture, $"    .reg .{type} {prefix}<{count}>;\n");
        }

        if (_function.SharedBytes is > 0 and <= StaticSharedLimit)
            text.Append(CultureInfo.InvariantCulture, $"    .shared .align 128 .b8 shared_memory[{_function.SharedBytes}];\n");
        text.Append('\n').Append(_body).Append("}\n");
        _locations.WriteStrings(text);
        return text.ToString();
    }

    private void Block(IrBlock block, IrBlock? next)
    {
        if (block.Predecessors.Count > 0)
            _body.Append(CultureInfo.InvariantCulture, $"$L{block.Id}:\n");
        if (block.NoUnroll)
            _body.Append("    .pragma \"nounroll\";\n");
        foreach (IrInstruction extract in block.Instructions.Where(instruction => instruction.Op == IrOp.Extract))
            _extracts.TryAdd((extract.Operands[0], extract.Bits), extract);
        foreach (IrInstruction instruction in block.Instructions)
        {
            _locations.Write(_body, instruction.Location);
            Instruction(instruction);
        }

        CopyPhis(block);
        _locations.Write(_body, block.Location);
        switch (block.Terminator)
        {
            case IrTerminatorKind.Jump:
                if (block.Successors[0] != next)
                    Line($"bra $L{block.Successors[0].Id}");
                break;
            case IrTerminatorKind.Branch:
                string predicate = Operand(block.Condition!);
                if (block.Successors[1] == next)
                {
                    Line($"@{predicate} bra $L{block.Successors[0].Id}");
                }
                else
                {
                    Line($"@!{predicate} bra $L{block.Successors[1].Id}");
                    if (block.Successors[0] != next)
                        Line($"bra $L{block.Successors[0].Id}");
                }

                break;
            default:
                Line("ret");
                break;
        }
    }

    /// <summary>The copies into the phis of the successor, as if all happened at once.</summary>
    private void CopyPhis(IrBlock block)
    {
        if (block.Terminator != IrTerminatorKind.Jump || block.Successors[0].Phis.Count == 0)
            return;
        IrBlock target = block.Successors[0];
        int index = target.Predecessors.IndexOf(block);
        List<(string To, string From, IrType Type)> copies = [];
        foreach (IrInstruction phi in target.Phis)
        {
            string from = Operand(phi.Operands[index]);
            if (Name(phi) != from)
                copies.Add((Name(phi), from, phi.Type));
        }

        while (copies.Count > 0)
        {
            // A copy whose target nothing else still reads comes first; a cycle is opened by a spare register.
            int ready = copies.FindIndex(copy => copies.TrueForAll(other => other == copy || other.From != copy.To));
            if (ready < 0)
            {
                string spare = NewRegister(copies[0].Type);
                Move(copies[0].Type, spare, copies[0].From);
                copies[0] = copies[0] with { From = spare };
                continue;
            }

            Move(copies[ready].Type, copies[ready].To, copies[ready].From);
            copies.RemoveAt(ready);
        }
    }

    private void Move(IrType type, string to, string from) => Line($"mov.{Bits(type)} {to}, {from}");

    private void Line(string text) => _body.Append("    ").Append(text).Append(";\n");

    /// <summary>Those that are not only the address of an access, which can name the array itself.</summary>
    private static HashSet<IrInstruction> SharedAddressesInRegisters(IrFunction function)
    {
        HashSet<IrInstruction> found = [];
        foreach (IrInstruction user in function.Blocks.SelectMany(block => block.Phis.Concat(block.Instructions)))
        {
            for (int i = user.Memory is null ? 0 : 1; i < user.Operands.Length; i++)
            {
                if (user.Operands[i].Op == IrOp.SharedAddress)
                    found.Add(user.Operands[i]);
            }
        }

        return found;
    }

    private string Name(IrInstruction value)
    {
        value = _classes.Representative(value);
        if (!_names.TryGetValue(value, out string? name))
            _names.Add(value, name = NewRegister(value.Type));
        return name;
    }

    private string NewRegister(IrType type)
    {
        string prefix = type switch
        {
            IrType.Predicate => "%p",
            IrType.I32 => "%r",
            IrType.I64 => "%rd",
            IrType.F32 => "%f",
            _ => "%fd",
        };
        int number = _counts.GetValueOrDefault(prefix);
        _counts[prefix] = number + 1;
        return prefix + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A register, or an immediate.</summary>
    private string Operand(IrInstruction value)
    {
        value = value.Resolve();
        if (!value.IsConstant)
            return Name(value);
        return value.Type switch
        {
            IrType.F32 => $"0f{(uint)value.Bits:X8}",
            IrType.F64 => $"0d{value.Bits:X16}",
            IrType.I32 => ((int)value.Bits).ToString(CultureInfo.InvariantCulture),
            IrType.I64 => ((long)value.Bits).ToString(CultureInfo.InvariantCulture),
            _ => value.Bits.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A register, also for a constant.</summary>
    private string Register(IrInstruction value)
    {
        value = value.Resolve();
        if (!value.IsConstant)
            return Name(value);
        string register = NewRegister(value.Type);
        if (value.Type == IrType.Predicate)
            Line($"setp.ne.s32 {register}, {value.Bits}, 0");
        else
            Move(value.Type, register, Operand(value));
        return register;
    }

    private static string Bits(IrType type) => type switch
    {
        IrType.Predicate => "pred",
        IrType.I32 => "b32",
        IrType.I64 => "b64",
        IrType.F32 => "f32",
        _ => "f64",
    };
}
