using System.Reflection;
using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    /// <summary>Calls of the base class library that are one operation, or fold.</summary>
    private bool LibraryCall(MethodBase method, StackValue[] arguments)
    {
        Type declaring = method.DeclaringType!;
        if (declaring == typeof(Math) || declaring == typeof(MathF))
            return MathCall(method, arguments);
        if (declaring == typeof(Type))
            return TypeCall(method, arguments);
        if (declaring == typeof(BitConverter))
            return BitConverterCall((MethodInfo)method, arguments);
        if (declaring == typeof(System.Numerics.BitOperations))
            return BitOperationsCall((MethodInfo)method, arguments);
        return declaring == typeof(Unsafe) && UnsafeCall((MethodInfo)method, arguments);
    }

    private bool MathCall(MethodBase method, StackValue[] arguments)
    {
        Type type = method.GetParameters()[0].ParameterType;
        if (!type.IsPrimitive)
            return false;
        bool isUnsigned = type == typeof(uint) || type == typeof(ulong) || type == typeof(byte) || type == typeof(ushort)
            || type == typeof(nuint);
        IrOp? op = (method.Name, arguments.Length) switch
        {
            ("Sqrt", 1) => IrOp.SquareRoot,
            ("Abs", 1) => IrOp.Absolute,
            ("Floor", 1) => IrOp.Floor,
            ("Ceiling", 1) => IrOp.Ceiling,
            ("Truncate", 1) => IrOp.TruncateFraction,
            ("Round", 1) => IrOp.RoundToEven,
            ("Min", 2) => isUnsigned ? IrOp.MinimumUnsigned : IrOp.Minimum,
            ("Max", 2) => isUnsigned ? IrOp.MaximumUnsigned : IrOp.Maximum,
            ("CopySign", 2) => IrOp.CopySign,
            ("FusedMultiplyAdd", 3) => IrOp.FusedMultiplyAdd,
            _ => null,
        };
        if (op is null)
            return false;
        IrInstruction[] operands = [.. arguments.Select(
            (argument, i) => Fit(ScalarOf(argument), LayoutOf(method.GetParameters()[i].ParameterType).Leaves[0]))];
        Push(_builder.Make(op.Value, operands[0].Type, operands));
        return true;
    }

    private bool TypeCall(MethodBase method, StackValue[] arguments)
    {
        switch (method.Name)
        {
            case nameof(Type.GetTypeFromHandle):
                _stack.Push(arguments[0]);
                return true;
            case "op_Equality" or "op_Inequality" when arguments is [TypeValue a, TypeValue b]:
                Push(_function.Constant((a.Type == b.Type) == (method.Name == "op_Equality") ? 1 : 0));
                return true;
            case "get_IsValueType" when arguments is [TypeValue type]:
                Push(_function.Constant(type.Type.IsValueType ? 1 : 0));
                return true;
            default:
                return false;
        }
    }

    private bool BitConverterCall(MethodInfo method, StackValue[] arguments)
    {
        if (method.Name is not ("SingleToInt32Bits" or "Int32BitsToSingle" or "SingleToUInt32Bits" or "UInt32BitsToSingle"
            or "DoubleToInt64Bits" or "Int64BitsToDouble" or "DoubleToUInt64Bits" or "UInt64BitsToDouble"))
        {
            return false;
        }

        Push(_builder.Unary(
            IrOp.Bitcast, LayoutOf(method.ReturnType).Leaves[0].ValueType, ScalarOf(arguments[0])));
        return true;
    }

    private bool BitOperationsCall(MethodInfo method, StackValue[] arguments)
    {
        Type type = method.GetParameters()[0].ParameterType;
        if (!type.IsPrimitive)
            return false;
        IrInstruction x = ScalarOf(arguments[0]);
        switch (method.Name)
        {
            case "PopCount":
                Push(CountBits(IrOp.PopCount, x));
                return true;
            case "LeadingZeroCount":
                Push(CountBits(IrOp.LeadingZeroCount, x));
                return true;
            case "TrailingZeroCount":
                Push(CountBits(IrOp.LeadingZeroCount, _builder.Unary(IrOp.ReverseBits, x.Type, x)));
                return true;
            case "RotateLeft" when x.Type == IrType.I32:
                Push(_builder.Make(IrOp.RotateLeft, x.Type, [x, ScalarOf(arguments[1])]));
                return true;
            case "RotateRight" when x.Type == IrType.I32:
                IrInstruction amount = ScalarOf(arguments[1]);
                IrInstruction left = _builder.Unary(IrOp.Negate, IrType.I32, amount);
                Push(_builder.Make(IrOp.RotateLeft, x.Type, [x, left]));
                return true;
            default:
                return false;
        }
    }

    private IrInstruction CountBits(IrOp op, IrInstruction x) => _builder.Make(op, IrType.I32, [x]);

    private bool UnsafeCall(MethodInfo method, StackValue[] arguments)
    {
        switch (method.Name)
        {
            case nameof(Unsafe.SizeOf):
                Push(_function.Constant(LayoutOf(method.GetGenericArguments()[0]).Bytes));
                return true;
            case nameof(Unsafe.BitCast):
                _stack.Push(Reinterpret(arguments[0], method.GetGenericArguments()[1]));
                return true;
            case nameof(Unsafe.As) when method.GetGenericArguments().Length == 2:
                _stack.Push(arguments[0]);
                return true;
            case nameof(Unsafe.AsRef):
                _stack.Push(arguments[0]);
                return true;
            default:
                return false;
        }
    }

    private static bool LieAlike(TypeLayout a, TypeLayout b) =>
        a.Leaves.Select(leaf => (leaf.Offset, leaf.Bytes)).SequenceEqual(b.Leaves.Select(leaf => (leaf.Offset, leaf.Bytes)));

    /// <summary>The scalars of a value as those of another type of the same size.</summary>
    private StackValue Reinterpret(StackValue value, Type type)
    {
        TypeLayout layout = LayoutOf(type);
        IrInstruction[] leaves = value is AggregateValue aggregate ? aggregate.Leaves : [ScalarOf(value)];
        if (leaves.Length != layout.Leaves.Count || value is AggregateValue { Type: { } from } && !LieAlike(LayoutOf(from), layout))
        {
            RefuseBytes();
            return Poison(type);
        }

        IrInstruction[] converted = [.. leaves.Select((leaf, i) => Fit(Same(leaf, layout.Leaves[i]), layout.Leaves[i]))];
        return layout.IsPrimitive ? new ScalarValue(converted[0]) : new AggregateValue(type, converted);

        IrInstruction Same(IrInstruction leaf, Leaf target)
        {
            leaf = leaf.Resolve();
            bool wide = leaf.Type is IrType.I64 or IrType.F64;
            if (wide == target.Bytes > 4 && leaf.Type != target.ValueType)
                return _builder.Unary(IrOp.Bitcast, target.ValueType, ToInteger(leaf));
            return leaf;
        }
    }
}
