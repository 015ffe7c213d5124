using System.Globalization;
using System.Text;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Ptx;

internal sealed partial class PtxWriter
{
    private void Instruction(IrInstruction x)
    {
        switch (x.Op)
        {
            case IrOp.Compare:
                Line($"setp.{Condition(x.Condition)}.{Compared(x)} {Name(x)}, {Operand(x.Operands[0])}, {Operand(x.Operands[1])}");
                break;
            case IrOp.Select:
                Line($"selp.{Bits(x.Type)} {Name(x)}, {Operand(x.Operands[1])}, {Operand(x.Operands[2])}, {Register(x.Operands[0])}");
                break;
            case IrOp.RotateLeft:
                string rotated = Operand(x.Operands[0]);
                Line($"shf.l.wrap.b32 {Name(x)}, {rotated}, {rotated}, {Operand(x.Operands[1])}");
                break;
            case IrOp.CopySign:
                Line($"copysign.{Bits(x.Type)} {Name(x)}, {Operand(x.Operands[1])}, {Operand(x.Operands[0])}");
                break;
            case IrOp.Minimum or IrOp.Maximum when x.Type == IrType.F64:
                ExtremeOfDoubles(x);
                break;
            case IrOp.SignedFromFloat or IrOp.UnsignedFromFloat
                when x.Type == IrType.I64 || x.Operands[0].Type == IrType.F64:
                IntegerFromFloat(x);
                break;
            case IrOp.BFloat16FromFloat:
                Line($"cvt.rn.bf16x2.f32 {Name(x)}, 0f00000000, {Register(x.Operands[0])}");
                break;
            case IrOp.PackBFloat16:
                Line($"cvt.rn.bf16x2.f32 {Name(x)}, {Register(x.Operands[0])}, {Register(x.Operands[1])}");
                break;
            case IrOp.Pack16:
                Line($"prmt.b32 {Name(x)}, {Operand(x.Operands[1])}, {Operand(x.Operands[0])}, 0x5410");
                break;
            case IrOp.ZeroExtend8:
                Line($"and.b32 {Name(x)}, {Operand(x.Operands[0])}, 255");
                break;
            case IrOp.ZeroExtend16:
                Line($"and.b32 {Name(x)}, {Operand(x.Operands[0])}, 65535");
                break;
            case IrOp.SharedAddress when !_addresses.Contains(x):
                break;
            case IrOp.SharedAddress:
                string offset = x.Bits == 0 ? "" : $"+{x.Bits}";
                Line($"mov.u32 {Name(x)}, shared_memory{offset}");
                break;
            case IrOp.Extract:
                break;
            case IrOp.Load or IrOp.LoadVector:
                Load(x);
                break;
            case IrOp.Store:
                Store(x);
                break;
            case IrOp.Atomic:
                string values = string.Join(", ", x.Operands.Skip(1).Select(Register));
                Line($"atom{Space(x.Memory!.Space)}{x.Memory.AtomicOperation} {Name(x)}, {Address(x)}, {values}");
                break;
            case IrOp.Intrinsic:
                Row(x);
                break;
            default:
                Line($"{Mnemonic(x)} {Name(x)}, {string.Join(", ", x.Operands.Select(Operand))}");
                break;
        }
    }

    /// <summary>
    /// Unlike floats, doubles have no minimum that is NaN where an operand is: their sum is. The result may share a
    /// register with an operand, so it is written last.
    /// </summary>
    private void ExtremeOfDoubles(IrInstruction x)
    {
        string operands = $"{Operand(x.Operands[0])}, {Operand(x.Operands[1])}";
        string unordered = NewRegister(IrType.Predicate);
        string extreme = NewRegister(IrType.F64);
        Line($"setp.nan.f64 {unordered}, {operands}");
        Line($"{(x.Op == IrOp.Minimum ? "min" : "max")}.f64 {extreme}, {operands}");
        Line($"add.rn.f64 {Name(x)}, {operands}");
        Line($"@!{unordered} mov.f64 {Name(x)}, {extreme}");
    }

    /// <summary>C# makes 0 of NaN; cvt does so only from f32 to 32 bits (PTX ISA, cvt).</summary>
    private void IntegerFromFloat(IrInstruction x)
    {
        string value = Operand(x.Operands[0]);
        string converted = NewRegister(x.Type);
        string unordered = NewRegister(IrType.Predicate);
        Line($"{Mnemonic(x)} {converted}, {value}");
        Line($"setp.nan.{Bits(x.Operands[0].Type)} {unordered}, {value}, {value}");
        Line($"selp.{Bits(x.Type)} {Name(x)}, 0, {converted}, {unordered}");
    }

    private static string Mnemonic(IrInstruction x)
    {
        IrType type = x.Type;
        bool real = type is IrType.F32 or IrType.F64;
        string bits = type == IrType.I32 ? "b32" : "b64";
        string signed = type == IrType.I32 ? "s32" : "s64";
        string unsigned = type == IrType.I32 ? "u32" : "u64";
        string number = real ? Bits(type) : signed;
        string from = Bits(x.Operands[0].Type);
        string fromSigned = x.Operands[0].Type == IrType.I32 ? "s32" : "s64";
        string fromUnsigned = x.Operands[0].Type == IrType.I32 ? "u32" : "u64";
        return x.Op switch
        {
            IrOp.Add => real ? $"add.rn.{number}" : $"add.{number}",
            IrOp.Subtract => real ? $"sub.rn.{number}" : $"sub.{number}",
            IrOp.Multiply => real ? $"mul.rn.{number}" : $"mul.lo.{number}",
            IrOp.MultiplyHigh => $"mul.hi.{signed}",
            IrOp.MultiplyHighUnsigned => $"mul.hi.{unsigned}",
            IrOp.MultiplyWide => "mul.wide.s32",
            IrOp.MultiplyWideUnsigned => "mul.wide.u32",
            IrOp.Divide => real ? $"div.rn.{number}" : $"div.{number}",
            IrOp.DivideUnsigned => $"div.{unsigned}",
            IrOp.Remainder => $"rem.{signed}",
            IrOp.RemainderUnsigned => $"rem.{unsigned}",
            IrOp.And => type == IrType.Predicate ? "and.pred" : $"and.{bits}",
            IrOp.Or => type == IrType.Predicate ? "or.pred" : $"or.{bits}",
            IrOp.Xor => type == IrType.Predicate ? "xor.pred" : $"xor.{bits}",
            IrOp.Not => type == IrType.Predicate ? "not.pred" : $"not.{bits}",
            IrOp.Negate => $"neg.{number}",
            IrOp.ShiftLeft => $"shl.{bits}",
            IrOp.ShiftRight => $"shr.{signed}",
            IrOp.ShiftRightUnsigned => $"shr.{unsigned}",
            IrOp.Minimum => type == IrType.F32 ? "min.NaN.f32" : $"min.{number}",
            IrOp.Maximum => type == IrType.F32 ? "max.NaN.f32" : $"max.{number}",
            IrOp.MinimumUnsigned => $"min.{unsigned}",
            IrOp.MaximumUnsigned => $"max.{unsigned}",
            IrOp.Absolute => $"abs.{number}",
            IrOp.FusedMultiplyAdd => $"fma.rn.{number}",
            IrOp.SquareRoot => $"sqrt.rn.{number}",
            IrOp.Floor => $"cvt.rmi.{number}.{number}",
            IrOp.Ceiling => $"cvt.rpi.{number}.{number}",
            IrOp.TruncateFraction => $"cvt.rzi.{number}.{number}",
            IrOp.RoundToEven => $"cvt.rni.{number}.{number}",
            IrOp.PopCount => $"popc.{from}",
            IrOp.LeadingZeroCount => $"clz.{from}",
            IrOp.ReverseBits => $"brev.{bits}",
            IrOp.SignExtend8 => "cvt.s32.s8",
            IrOp.SignExtend16 => "cvt.s32.s16",
            IrOp.SignExtend => "cvt.s64.s32",
            IrOp.ZeroExtend => "cvt.u64.u32",
            IrOp.Truncate => "cvt.u32.u64",
            IrOp.FloatFromSigned => $"cvt.rn.{number}.{fromSigned}",
            IrOp.FloatFromUnsigned => $"cvt.rn.{number}.{fromUnsigned}",
            IrOp.SignedFromFloat => $"cvt.rzi.{signed}.{from}",
            IrOp.UnsignedFromFloat => $"cvt.rzi.{unsigned}.{from}",
            IrOp.FloatConvert => type == IrType.F64 ? "cvt.f64.f32" : "cvt.rn.f32.f64",
            IrOp.Bitcast => type is IrType.I32 or IrType.F32 ? "mov.b32" : "mov.b64",
            _ => throw new InvalidOperationException($"no PTX for {x}"),
        };
    }

    private static string Condition(IrCondition condition) => condition switch
    {
        IrCondition.Equal => "eq",
        IrCondition.NotEqual => "ne",
        IrCondition.Less or IrCondition.LessUnsigned => "lt",
        IrCondition.LessOrEqual or IrCondition.LessOrEqualUnsigned => "le",
        IrCondition.Greater or IrCondition.GreaterUnsigned => "gt",
        IrCondition.GreaterOrEqual or IrCondition.GreaterOrEqualUnsigned => "ge",
        IrCondition.EqualUnordered => "equ",
        IrCondition.NotEqualUnordered => "neu",
        IrCondition.LessUnordered => "ltu",
        IrCondition.LessOrEqualUnordered => "leu",
        IrCondition.GreaterUnordered => "gtu",
        _ => "geu",
    };

    private static string Compared(IrInstruction x)
    {
        bool isUnsigned = x.Condition is IrCondition.LessUnsigned or IrCondition.LessOrEqualUnsigned
            or IrCondition.GreaterUnsigned or IrCondition.GreaterOrEqualUnsigned;
        return x.Operands[0].Type switch
        {
            IrType.F32 => "f32",
            IrType.F64 => "f64",
            IrType.I64 => isUnsigned ? "u64" : "s64",
            _ => isUnsigned ? "u32" : "s32",
        };
    }

    private static string Space(MemorySpace space) => space switch
    {
        MemorySpace.Global => ".global",
        MemorySpace.Shared => ".shared",
        _ => ".param",
    };

    private static string TypeName(MemoryType type) => type.ToString().ToLowerInvariant();

    private string Address(IrInstruction x)
    {
        MemoryAccess memory = x.Memory!;
        IrInstruction address = x.Operands[0].Resolve();
        long offset = memory.Offset;
        string place;
        if (memory.Space == MemorySpace.Parameter)
        {
            place = "arguments";
        }
        else if (address.Op == IrOp.SharedAddress)
        {
            place = "shared_memory";
            offset += (long)address.Bits;
        }
        else
        {
            place = Register(address);
        }

        return offset == 0 ? $"[{place}]" : $"[{place}+{offset.ToString(CultureInfo.InvariantCulture)}]";
    }

    /// <summary>Everything between the opcode and the operands: order and scope, space, cache, vector, type.</summary>
    private static string Suffix(MemoryAccess memory)
    {
        bool ordered = memory.Qualifier.Contains("gpu", StringComparison.Ordinal);
        string vector = memory.Count > 1 ? $".v{memory.Count}" : "";
        return ordered
            ? $"{memory.Qualifier}{Space(memory.Space)}{vector}.{TypeName(memory.Type)}"
            : $"{Space(memory.Space)}{memory.Qualifier}{vector}.{TypeName(memory.Type)}";
    }

    private void Load(IrInstruction x)
    {
        MemoryAccess memory = x.Memory!;
        string[] results = memory.Count == 1 ? [Name(x)] : ExtractNames(x);
        string guard = "";
        if (memory.Predicated)
        {
            string predicate = Register(x.Operands[1]);
            string from = Operand(x.Operands[0]);
            if (results is [{ } only] && only == from)
            {
                // The result shares the register of the address, which the other value must not overwrite.
                results = [NewRegister(x.Type)];
            }

            foreach (string result in results)
                Move(x.Type, result, Operand(x.Operands[2]));
            guard = $"@{predicate} ";
        }

        string destination = results.Length == 1 ? results[0] : $"{{{string.Join(", ", results)}}}";
        Line($"{guard}ld{Suffix(memory)} {destination}, {Address(x)}");
        if (memory.Count == 1 && results[0] != Name(x))
            Move(x.Type, Name(x), results[0]);
    }

    /// <summary>The registers of a vector load: those of its Extracts, and new ones for elements that nobody reads.</summary>
    private string[] ExtractNames(IrInstruction load)
    {
        string[] names = new string[load.Memory!.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _extracts.TryGetValue((load, (ulong)i), out IrInstruction? extract)
                ? Name(extract)
                : NewRegister(load.Type);
        }

        return names;
    }

    private void Store(IrInstruction x)
    {
        MemoryAccess memory = x.Memory!;
        string[] values = [.. x.Operands.Skip(1).Take(memory.Count).Select(Register)];
        string guard = memory.Predicated ? $"@{Register(x.Operands[^1])} " : "";
        string source = values.Length == 1 ? values[0] : $"{{{string.Join(", ", values)}}}";
        Line($"{guard}st{Suffix(memory)} {Address(x)}, {source}");
    }

    private void Row(IrInstruction x)
    {
        StringBuilder text = new(x.Row!.Template);
        if (x.Type != IrType.Void)
            text.Replace("{0}", Name(x));
        for (int i = 0; i < x.Operands.Length; i++)
        {
            IrInstruction operand = x.Operands[i].Resolve();
            bool immediate = operand.IsConstant && operand.Type == IrType.I32;
            text.Replace($"{{{i + 1}}}", immediate ? Operand(operand) : Register(operand));
        }

        Line(text.ToString());
    }
}
