using System.Reflection;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private void Call(Frame frame, ILInstruction instruction)
    {
        MethodBase method = ResolveMethod(frame, instruction);
        Type? constrained = _constrained;
        _constrained = null;
        if (constrained is not null)
        {
            if (!constrained.IsValueType)
            {
                Refuse(DiagnosticCodes.Type, $"{constrained.Name} is a class; a kernel holds unmanaged structs only");
                RefusedCall(method);
                return;
            }

            method = Implementation(constrained, (MethodInfo)method);
        }

        ParameterInfo[] parameters = method.GetParameters();
        StackValue[] arguments = new StackValue[parameters.Length + (method.IsStatic ? 0 : 1)];
        for (int i = arguments.Length - 1; i >= 0; i--)
            arguments[i] = Pop();
        Invoke(frame, method, arguments);
    }

    private void RefusedCall(MethodBase method)
    {
        for (int i = method.GetParameters().Length + (method.IsStatic ? 0 : 1); i > 0; i--)
            Pop();
        PushPoisonOf(method);
    }

    private void PushPoisonOf(MethodBase method)
    {
        if (method is not MethodInfo { ReturnType: { } type } || type == typeof(void))
            return;
        Type value = type.IsByRef ? type.GetElementType()! : type;
        _stack.Push(value.IsValueType ? Poison(type) : new ScalarValue(_function.Constant(0)));
    }

    private void Invoke(Frame frame, MethodBase method, StackValue[] arguments)
    {
        if (method.GetCustomAttribute<PtxAttribute>() is { } row)
        {
            Intrinsic((MethodInfo)method, row, arguments);
            return;
        }

        if (method.GetCustomAttribute<BuiltinAttribute>() is { } builtin)
        {
            BuildBuiltin(builtin.Kind, (MethodInfo)method, arguments);
            return;
        }

        if (LibraryCall(method, arguments))
            return;
        Inline(frame, method, arguments);
    }

    private void Inline(Frame frame, MethodBase method, StackValue[] arguments)
    {
        int depth = 0;
        for (Frame? caller = frame; caller is not null; caller = caller.Caller)
        {
            if (caller.Method.Method == method || ++depth > InlineDepth)
            {
                Refuse(DiagnosticCodes.Recursion, $"{Describe(method)} calls itself; write it as a loop");
                PushPoisonOf(method);
                return;
            }
        }

        if (method.IsAbstract || method.IsVirtual && !method.IsFinal && !method.DeclaringType!.IsValueType && !method.IsStatic
            || ReadMethod(method) is not { } body)
        {
            Refuse(
                DiagnosticCodes.Call,
                $"{Describe(method)} cannot be called in a kernel (no IL that the compiler can inline); "
                + "use the kernel language (FastMath, Warp, …) or a static method of your own");
            PushPoisonOf(method);
            return;
        }

        Frame callee = NewFrame(body, frame, _builder.Location);
        for (int i = 0; i < arguments.Length; i++)
            Bind(callee.Arguments[i], arguments[i]);
        ImportBody(callee);
        if (callee.Result is { } result)
            _stack.Push(Typed(ReadSlot(result), ((MethodInfo)method).ReturnType));
    }

    private void Bind(Slot slot, StackValue value)
    {
        if (slot.Layout is null && value is AggregateValue or ScalarValue)
        {
            // A struct value as `this`: the callee sees the address of a copy.
            Type type = value is AggregateValue aggregate ? aggregate.Type : typeof(int);
            Slot copy = Temporary(type);
            WriteSlot(copy, value);
            value = new LocalReference(copy, 0);
        }

        WriteSlot(slot, value);
    }

    private void NewObject(Frame frame, ILInstruction instruction)
    {
        MethodBase constructor = ResolveMethod(frame, instruction);
        Type type = constructor.DeclaringType!;
        if (!type.IsValueType)
        {
            // Of an exception, the throw that follows is the reason.
            if (!type.IsAssignableTo(typeof(Exception)))
                Refuse(DiagnosticCodes.Type, $"new {type.Name}: objects do not exist in a kernel; use a struct");
            for (int i = constructor.GetParameters().Length; i > 0; i--)
                Pop();
            Push(_function.Constant(0));
            return;
        }

        StackValue[] arguments = new StackValue[constructor.GetParameters().Length + 1];
        for (int i = arguments.Length - 1; i > 0; i--)
            arguments[i] = Pop();
        Slot created = Temporary(type);
        WriteSlot(created, Poison(type));
        arguments[0] = new LocalReference(created, 0);
        Invoke(frame, constructor, arguments);
        _stack.Push(ReadSlot(created));
    }

    /// <summary>The method of a struct that implements a member of an interface, defaults of the interface included.</summary>
    private static MethodInfo Implementation(Type type, MethodInfo declared)
    {
        if (declared.DeclaringType is not { IsInterface: true } declaring)
        {
            return type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                .FirstOrDefault(method => method.GetBaseDefinition() == declared) ?? declared;
        }

        MethodInfo definition = declared.IsGenericMethod ? declared.GetGenericMethodDefinition() : declared;
        InterfaceMapping map = type.GetInterfaceMap(declaring);
        for (int i = 0; i < map.InterfaceMethods.Length; i++)
        {
            if (map.InterfaceMethods[i] != definition)
                continue;
            MethodInfo target = map.TargetMethods[i] ?? definition;
            return declared.IsGenericMethod ? target.MakeGenericMethod(declared.GetGenericArguments()) : target;
        }

        return declared;
    }

    private static string Describe(MethodBase method) => $"{method.DeclaringType?.Name}.{method.Name}";

    private void Intrinsic(MethodInfo method, PtxAttribute row, StackValue[] arguments)
    {
        IrInstruction[] operands = new IrInstruction[arguments.Length];
        ParameterInfo[] parameters = method.GetParameters();
        for (int i = 0; i < operands.Length; i++)
        {
            IrInstruction value = ScalarOf(arguments[i]);
            operands[i] = parameters[i].ParameterType == typeof(bool)
                ? ToPredicate(new ScalarValue(value))
                : Fit(value, LayoutOf(parameters[i].ParameterType).Leaves[0]);
        }

        if (row.Immediate > 0 && !operands[row.Immediate - 1].IsConstant)
            Refuse(DiagnosticCodes.Constant, $"argument {row.Immediate} of {Describe(method)} must be a constant");
        IrType type = method.ReturnType == typeof(void)
            ? IrType.Void
            : method.ReturnType == typeof(bool) ? IrType.Predicate : LayoutOf(method.ReturnType).Leaves[0].ValueType;
        IrInstruction result = _builder.Emit(new IrInstruction(IrOp.Intrinsic, type, operands) { Row = row });
        if (type == IrType.Predicate)
            PushBoolean(result);
        else if (type != IrType.Void)
            Push(result);
    }
}
