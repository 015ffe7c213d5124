using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private Type? _constrained;

    private void Instruction(Frame frame, ILInstruction instruction)
    {
        ushort code = (ushort)instruction.Code.Value;
        int operand = (int)instruction.Operand;
        switch (code)
        {
            case 0x00 or 0xFE12 or 0xFE13 or 0xFE1E:
                break;
            case >= 0x02 and <= 0x05:
                _stack.Push(ReadSlot(frame.Arguments[code - 0x02]));
                break;
            case >= 0x06 and <= 0x09:
                _stack.Push(ReadSlot(frame.Locals[code - 0x06]));
                break;
            case >= 0x0A and <= 0x0D:
                WriteSlot(frame.Locals[code - 0x0A], Pop());
                break;
            case 0x0E or 0xFE09:
                _stack.Push(ReadSlot(frame.Arguments[operand]));
                break;
            case 0x0F or 0xFE0A:
                _stack.Push(new LocalReference(frame.Arguments[operand], 0));
                break;
            case 0x10 or 0xFE0B:
                WriteSlot(frame.Arguments[operand], Pop());
                break;
            case 0x11 or 0xFE0C:
                _stack.Push(ReadSlot(frame.Locals[operand]));
                break;
            case 0x12 or 0xFE0D:
                _stack.Push(new LocalReference(frame.Locals[operand], 0));
                break;
            case 0x13 or 0xFE0E:
                WriteSlot(frame.Locals[operand], Pop());
                break;
            case >= 0x15 and <= 0x1E:
                Push(_function.Constant(code - 0x16));
                break;
            case 0x1F or 0x20:
                Push(_function.Constant(operand));
                break;
            case 0x21:
                Push(_function.Constant(instruction.Operand));
                break;
            case 0x22:
                Push(_function.Constant(IrType.F32, (uint)operand));
                break;
            case 0x23:
                Push(_function.Constant(IrType.F64, (ulong)instruction.Operand));
                break;
            case 0x25:
                _stack.Push(_stack.Peek());
                break;
            case 0x26:
                Pop();
                break;
            case 0x28 or 0x6F:
                Call(frame, instruction);
                break;
            case >= 0x46 and <= 0x4F:
                _stack.Push(Load(Pop(), IndirectType(code)));
                break;
            case >= 0x52 and <= 0x57 or 0xDF:
                StackValue stored = Pop();
                Store(Pop(), IndirectType(code), stored);
                break;
            case >= 0x58 and <= 0x64:
                Arithmetic(code);
                break;
            case 0x65:
                IrInstruction negated = PopScalar();
                Push(_builder.Unary(IrOp.Negate, negated.Type, negated));
                break;
            case 0x66:
                IrInstruction inverted = PopScalar();
                Push(_builder.Unary(IrOp.Not, inverted.Type, inverted));
                break;
            case 0x71:
                _stack.Push(Load(Pop(), ResolveType(frame, operand)));
                break;
            case 0x81:
                StackValue value = Pop();
                Store(Pop(), ResolveType(frame, operand), value);
                break;
            case 0x70:
                Type copied = ResolveType(frame, operand);
                StackValue source = Pop();
                Store(Pop(), copied, Load(source, copied));
                break;
            case 0x73:
                NewObject(frame, instruction);
                break;
            case 0x7B:
                LoadField(ResolveField(frame, operand));
                break;
            case 0x7C:
                _stack.Push(FieldReference(Pop(), ResolveField(frame, operand)));
                break;
            case 0x7D:
                FieldInfo field = ResolveField(frame, operand);
                StackValue assigned = Pop();
                Store(FieldReference(Pop(), field), field.FieldType, assigned);
                break;
            case 0x7E:
                LoadStatic(ResolveField(frame, operand));
                break;
            case 0xD0:
                _stack.Push(ResolveToken(frame, operand));
                break;
            case 0xFE01 or 0xFE02 or 0xFE03 or 0xFE04 or 0xFE05:
                (IrInstruction a, IrInstruction b) = PopPair();
                PushBoolean(CompareValues(
                    code switch
                    {
                        0xFE01 => IrCondition.Equal,
                        0xFE02 => IrCondition.Greater,
                        0xFE03 => IrCondition.GreaterUnordered,
                        0xFE04 => IrCondition.Less,
                        _ => IrCondition.LessUnordered,
                    },
                    a,
                    b));
                break;
            case 0xFE15:
                Type cleared = ResolveType(frame, operand);
                Store(Pop(), cleared, Poison(cleared));
                break;
            case 0xFE16:
                _constrained = ResolveType(frame, operand);
                break;
            case 0xFE1C:
                Push(_function.Constant(LayoutOf(ResolveType(frame, operand)).Bytes));
                break;
            default:
                if (ConversionOf(code) is { } conversion)
                    Convert(code, conversion);
                else
                    RefuseInstruction(instruction);
                break;
        }
    }

    private void RefuseInstruction(ILInstruction instruction)
    {
        string name = instruction.Code.Name!;
        string advice = name switch
        {
            "ldstr" => "strings do not exist in a kernel",
            "newarr" or "ldlen" => "arrays do not exist in a kernel; use Registers, Shared or Global",
            "box" or "unbox" or "unbox.any" or "castclass" or "isinst" => "objects do not exist in a kernel; use generics",
            "localloc" => "stackalloc has no meaning in a kernel; use Registers or SharedMemory.Allocate",
            "ldftn" or "ldvirtftn" => "delegates do not exist in a kernel; use a type parameter with a static abstract method",
            "ldnull" => "null does not exist in a kernel",
            "stsfld" or "ldsflda" => "static fields cannot be written in a kernel; pass a Global<T>",
            _ when name.StartsWith("ldelem", StringComparison.Ordinal) || name.StartsWith("stelem", StringComparison.Ordinal) =>
                "arrays do not exist in a kernel; use Registers, Shared or Global",
            _ when name.Contains(".ovf", StringComparison.Ordinal) => "checked arithmetic throws; use unchecked",
            _ => "it has no meaning in a kernel",
        };
        Refuse(DiagnosticCodes.Instruction, $"IL instruction {name}: {advice}");
        int pops = instruction.Code.StackBehaviourPop switch
        {
            System.Reflection.Emit.StackBehaviour.Pop0 => 0,
            System.Reflection.Emit.StackBehaviour.Pop1_pop1 or System.Reflection.Emit.StackBehaviour.Popref_popi => 2,
            System.Reflection.Emit.StackBehaviour.Popref_popi_pop1 or System.Reflection.Emit.StackBehaviour.Popref_popi_popi
                or System.Reflection.Emit.StackBehaviour.Popref_popi_popref => 3,
            _ => 1,
        };
        for (int i = 0; i < pops && _stack.Count > 0; i++)
            Pop();
        if (instruction.Code.StackBehaviourPush != System.Reflection.Emit.StackBehaviour.Push0)
            Push(_function.Constant(0));
    }

    private static Type IndirectType(ushort code) => code switch
    {
        0x46 => typeof(sbyte),
        0x47 or 0x52 => typeof(byte),
        0x48 => typeof(short),
        0x49 or 0x53 => typeof(ushort),
        0x4A or 0x54 => typeof(int),
        0x4B => typeof(uint),
        0x4C or 0x55 => typeof(long),
        0x4D or 0xDF => typeof(nint),
        0x4E or 0x56 => typeof(float),
        _ => typeof(double),
    };

    private void Arithmetic(ushort code)
    {
        if (code is 0x62 or 0x63 or 0x64)
        {
            IrInstruction amount = PopScalar();
            IrInstruction shifted = PopScalar();
            if (amount.Type == IrType.I64)
                amount = _builder.Unary(IrOp.Truncate, IrType.I32, amount);
            IrOp shift = code switch
            {
                0x62 => IrOp.ShiftLeft,
                0x63 => IrOp.ShiftRight,
                _ => IrOp.ShiftRightUnsigned,
            };
            Push(_builder.Make(shift, shifted.Type, [shifted, amount]));
            return;
        }

        (IrInstruction a, IrInstruction b) = PopPair();
        if (IrBuilder.IsBoolean(a, out IrInstruction? p) && IrBuilder.IsBoolean(b, out IrInstruction? q)
            && code is 0x5F or 0x60 or 0x61)
        {
            IrOp logic = code == 0x5F ? IrOp.And : code == 0x60 ? IrOp.Or : IrOp.Xor;
            PushBoolean(_builder.Binary(logic, p, q));
            return;
        }

        IrOp op = code switch
        {
            0x58 => IrOp.Add,
            0x59 => IrOp.Subtract,
            0x5A => IrOp.Multiply,
            0x5B => IrOp.Divide,
            0x5C => IrOp.DivideUnsigned,
            0x5D => IrOp.Remainder,
            0x5E => IrOp.RemainderUnsigned,
            0x5F => IrOp.And,
            0x60 => IrOp.Or,
            _ => IrOp.Xor,
        };
        if (op == IrOp.Remainder && a.Type is IrType.F32 or IrType.F64)
            Refuse(DiagnosticCodes.Instruction, "the remainder of floats has no instruction; use x - y * MathF.Truncate(x / y)");
        Push(_builder.Binary(op, a, b));
    }

    private static MemoryType? ConversionOf(ushort code) => code switch
    {
        0x67 => MemoryType.S8,
        0x68 => MemoryType.S16,
        0x69 or 0x6D => MemoryType.B32,
        0x6A or 0x6E or 0xD3 or 0xE0 => MemoryType.B64,
        0x6B => MemoryType.F32,
        0x6C => MemoryType.F64,
        0x76 => MemoryType.F64,
        0xD1 => MemoryType.U16,
        0xD2 => MemoryType.U8,
        _ => null,
    };

    private void Convert(ushort code, MemoryType to)
    {
        StackValue top = _stack.Peek();
        if (top is LocalReference or MemoryReference && to == MemoryType.B64)
            return;
        IrInstruction value = PopScalar();
        bool isUnsigned = code is 0x6D or 0x6E or 0xE0 or 0xD1 or 0xD2 or 0x76;
        bool real = value.Type is IrType.F32 or IrType.F64;
        Push(to switch
        {
            MemoryType.F32 or MemoryType.F64 => ToReal(value, to == MemoryType.F32 ? IrType.F32 : IrType.F64, isUnsigned),
            MemoryType.B64 when real =>
                _builder.Unary(isUnsigned ? IrOp.UnsignedFromFloat : IrOp.SignedFromFloat, IrType.I64, value),
            MemoryType.B64 => value.Type == IrType.I64
                ? value
                : _builder.Unary(isUnsigned ? IrOp.ZeroExtend : IrOp.SignExtend, IrType.I64, value),
            _ => Normalize(to, ToInt32(value, real, code == 0x6D)),
        });
    }

    private IrInstruction ToInt32(IrInstruction value, bool real, bool isUnsigned)
    {
        if (real)
            return _builder.Unary(isUnsigned ? IrOp.UnsignedFromFloat : IrOp.SignedFromFloat, IrType.I32, value);
        return value.Type == IrType.I64 ? _builder.Unary(IrOp.Truncate, IrType.I32, value) : value;
    }

    private IrInstruction ToReal(IrInstruction value, IrType type, bool isUnsigned)
    {
        if (value.Type is IrType.F32 or IrType.F64)
            return value.Type == type ? value : _builder.Unary(IrOp.FloatConvert, type, value);
        return _builder.Unary(isUnsigned ? IrOp.FloatFromUnsigned : IrOp.FloatFromSigned, type, value);
    }

    private void LoadField(FieldInfo field)
    {
        StackValue container = Pop();
        if (field.IsStatic)
        {
            LoadStatic(field);
            return;
        }

        if (container is not AggregateValue aggregate)
        {
            _stack.Push(Load(FieldReference(container, field), field.FieldType));
            return;
        }

        TypeLayout outer = LayoutOf(aggregate.Type);
        TypeLayout inner = LayoutOf(field.FieldType);
        int offset = outer.Offset(field);
        int first = 0;
        while (first < outer.Leaves.Count && outer.Leaves[first].Offset < offset)
            first++;
        IrInstruction[] leaves = aggregate.Leaves[first..(first + inner.Leaves.Count)];
        _stack.Push(inner.IsPrimitive ? new ScalarValue(leaves[0]) : new AggregateValue(field.FieldType, leaves));
    }

    [SuppressMessage("Performance", "CA1859", Justification = "it gives either kind of reference")]
    private StackValue FieldReference(StackValue container, FieldInfo field)
    {
        if (!field.DeclaringType!.IsValueType)
        {
            Refuse(DiagnosticCodes.Type, $"{field.DeclaringType.Name} is a class; a kernel holds unmanaged structs only");
            return new LocalReference(Temporary(field.FieldType), 0);
        }

        TypeLayout layout = container is MemoryReference ? MemoryLayoutOf(field.DeclaringType) : LayoutOf(field.DeclaringType);
        int offset = layout.Offset(field);
        switch (container)
        {
            case LocalReference local:
                return local with { Offset = local.Offset + offset };
            case MemoryReference memory:
                return memory with { Offset = memory.Offset + offset };
            default:
                Refuse(DiagnosticCodes.Reference, $"field {field.Name} of a value that has no address");
                return new LocalReference(Temporary(field.FieldType), 0);
        }
    }

    private void LoadStatic(FieldInfo field)
    {
        bool readable = field.IsInitOnly || field.IsLiteral;
        if (readable && field.GetValue(null) is { } value && ConstantOf(value) is { } constant)
        {
            Push(constant);
            return;
        }

        Refuse(
            DiagnosticCodes.StaticField,
            $"static field {field.DeclaringType?.Name}.{field.Name} is no constant; make it const or static readonly of "
            + "a primitive type, or pass it as a field of the kernel");
        _stack.Push(Poison(field.FieldType.IsValueType ? field.FieldType : typeof(int)));
    }

    private IrInstruction? ConstantOf(object value) => value switch
    {
        bool b => _function.Constant(b ? 1 : 0),
        byte or sbyte or short or ushort or char or int => _function.Constant(System.Convert.ToInt32(value, null)),
        uint u => _function.Constant(unchecked((int)u)),
        long l => _function.Constant(l),
        ulong u => _function.Constant(unchecked((long)u)),
        float f => _function.Constant(IrType.F32, BitConverter.SingleToUInt32Bits(f)),
        double d => _function.Constant(IrType.F64, BitConverter.DoubleToUInt64Bits(d)),
        _ => null,
    };

    private static Type[]? TypeArguments(Frame frame) =>
        frame.Method.Method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;

    private static Type[]? MethodArguments(Frame frame) =>
        frame.Method.Method is MethodInfo { IsGenericMethod: true } method ? method.GetGenericArguments() : null;

    private static Type ResolveType(Frame frame, int token) =>
        frame.Method.Method.Module.ResolveType(token, TypeArguments(frame), MethodArguments(frame));

    private static FieldInfo ResolveField(Frame frame, int token) =>
        frame.Method.Method.Module.ResolveField(token, TypeArguments(frame), MethodArguments(frame))!;

    private static MethodBase ResolveMethod(Frame frame, ILInstruction instruction) =>
        frame.Method.Method.Module.ResolveMethod(
            (int)instruction.Operand, TypeArguments(frame), MethodArguments(frame))!;

    private TypeValue ResolveToken(Frame frame, int token)
    {
        if (frame.Method.Method.Module.ResolveMember(token, TypeArguments(frame), MethodArguments(frame)) is Type type)
            return new TypeValue(type);
        Refuse(DiagnosticCodes.Instruction, "ldtoken of a member: reflection does not exist in a kernel");
        return new TypeValue(typeof(void));
    }
}
