using System.Reflection;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>
/// IL to SSA in one walk: calls are inlined, constants and branches folded, loops over register tiles unrolled (each
/// iteration imports the body again, so that any loop whose exits fold to constants ends by itself) and structs split
/// into scalars, all while the blocks are being made. What a kernel may not say is collected, not thrown.
/// </summary>
internal sealed partial class Importer
{
    private const int InlineDepth = 64;
    private const string NoSequentialLayout =
        "holds a tuple or another type whose fields the runtime orders itself, so it cannot lie in memory; write a struct";

    private readonly Dictionary<MethodBase, ILMethod?> _methods = [];
    private readonly Dictionary<Type, TypeLayout> _layouts = [];
    private readonly Dictionary<ILLoop, Language.Builtin?> _markers = [];
    private readonly HashSet<(MethodBase Method, int Offset)> _unrolled = [];
    private readonly List<KernelDiagnostic> _diagnostics = [];
    private readonly HashSet<(string Code, string Place)> _reported = [];
    private readonly LineTable _lines;

    private IrFunction _function = null!;
    private IrBuilder _builder = null!;
    private SsaVariables _variables = null!;
    private Dictionary<IrBlock, (MethodBase Method, int Offset)> _keptLoops = [];
    private Stack<StackValue> _stack = new();
    private Frame _frame = null!;
    private bool _again;

    public Importer(LineTable lines)
    {
        _lines = lines;
    }

    public IReadOnlyList<KernelDiagnostic> Diagnostics => _diagnostics;

    /// <summary>
    /// The IR of <paramref name="kernel"/>'s Execute, with its fields as the parameter block; of use for further reasons
    /// only when there are <see cref="Diagnostics"/>.
    /// </summary>
    public IrFunction? ImportKernel(Type kernel, string name)
    {
        if (TypeLayout.TryCreate(kernel, _layouts, out string reason) is not { } layout)
        {
            _diagnostics.Add(new KernelDiagnostic(DiagnosticCodes.Parameters, reason, kernel.Name, []));
            return null;
        }

        if (!layout.IsSequential)
        {
            _diagnostics.Add(new KernelDiagnostic(
                DiagnosticCodes.Parameters, $"{kernel.Name} {NoSequentialLayout}", kernel.Name, []));
            return null;
        }

        MethodInfo execute = Implementation(kernel, typeof(Language.IKernel).GetMethod(nameof(Language.IKernel.Execute))!);
        return Import(execute, name, layout.Bytes, Math.Max(8, layout.Alignment), frame =>
            _variables.WriteReference(
                frame.Arguments[0],
                _builder.Block,
                new MemoryReference(MemorySpace.Parameter, _function.Constant(0L), 0)));
    }

    /// <summary>
    /// Imports until no loop that turned out to index a register tile is left: a loop marked on the way is unrolled in
    /// the next attempt.
    /// </summary>
    private IrFunction? Import(MethodInfo method, string name, int bytes, int alignment, Action<Frame> bindArguments)
    {
        int known;
        do
        {
            known = _unrolled.Count;
            _again = false;
            _diagnostics.Clear();
            _reported.Clear();
            _function = new IrFunction(name, bytes, alignment);
            _builder = new IrBuilder(_function);
            _variables = new SsaVariables(_function);
            _keptLoops = [];
            _stack = new Stack<StackValue>();
            _builder.Block = NewBlock();
            if (ReadMethod(method) is not { } body)
            {
                Refuse(DiagnosticCodes.Call, $"{method.Name} has no IL");
                return null;
            }

            Frame frame = NewFrame(body, caller: null, callSite: null);
            bindArguments(frame);
            ImportBody(frame);
            _builder.Block.Terminator = IrTerminatorKind.Return;
        }
        while (_again && _unrolled.Count > known);

        return _function;
    }

    private IrBlock NewBlock()
    {
        IrBlock block = new(_function.Blocks.Count);
        _function.Blocks.Add(block);
        return block;
    }

    private ILMethod? ReadMethod(MethodBase method)
    {
        if (!_methods.TryGetValue(method, out ILMethod? body))
            _methods.Add(method, body = ILMethod.TryRead(method));
        return body;
    }

    private Frame NewFrame(ILMethod method, Frame? caller, SourceLocation? callSite)
    {
        Frame frame = new(method, caller, callSite);
        HashSet<int> addressTaken = [];
        foreach (ILInstruction instruction in method.Blocks.SelectMany(block => block.Instructions))
        {
            if (instruction.Code.Value is 0x12 or unchecked((short)0xFE0D))
                addressTaken.Add((int)instruction.Operand);
            else if (instruction.Code.Value is 0x0F or unchecked((short)0xFE0A))
                addressTaken.Add(-1 - (int)instruction.Operand);
        }

        List<Type> arguments = [];
        if (!method.Method.IsStatic)
            arguments.Add(method.Method.DeclaringType!.MakeByRefType());
        arguments.AddRange(method.Method.GetParameters().Select(parameter => parameter.ParameterType));
        frame.Locals = [.. method.Body.LocalVariables.Select(
            local => NewSlot(local.LocalType, frame, local.LocalIndex, addressTaken.Contains(local.LocalIndex)))];
        frame.Arguments = [.. arguments.Select(
            (type, i) => NewSlot(type, frame, -1 - i, addressTaken.Contains(-1 - i)))];
        if (method.Method is MethodInfo { ReturnType: { } type } && type != typeof(void))
            frame.Result = NewSlot(type, frame, int.MinValue, isAddressTaken: true);
        return frame;
    }

    private Slot NewSlot(Type type, Frame? frame, int index, bool isAddressTaken)
    {
        if (type.IsByRef)
            return new Slot(layout: null, frame, index, isAddressTaken);
        return new Slot(LayoutOf(type), frame, index, isAddressTaken);
    }

    private Slot Temporary(Type type) => NewSlot(type, _frame, int.MinValue, isAddressTaken: true);

    /// <summary>The layout of a type; where a kernel cannot hold it, a refusal and the layout of an int.</summary>
    private TypeLayout LayoutOf(Type type)
    {
        if (TypeLayout.TryCreate(type, _layouts, out string reason) is { } layout)
            return layout;
        Refuse(DiagnosticCodes.Type, reason);
        return TypeLayout.TryCreate(typeof(int), _layouts, out _)!;
    }

    /// <summary>As <see cref="LayoutOf"/>, of a value in memory that the host shares.</summary>
    private TypeLayout MemoryLayoutOf(Type type)
    {
        TypeLayout layout = LayoutOf(type);
        if (!layout.IsSequential)
            Refuse(DiagnosticCodes.Type, $"{type.Name} {NoSequentialLayout}");
        return layout;
    }

    private void Refuse(string code, string message)
    {
        SourceLocation? location = _builder.Location;
        string place = location is null ? _function.Name : _lines.Describe(location);
        if (!_reported.Add((code, place)))
            return;
        List<string> chain = [];
        for (SourceLocation? call = location?.Caller; call is not null; call = call.Caller)
            chain.Add(_lines.Describe(call));
        _diagnostics.Add(new KernelDiagnostic(code, message, place, chain));
    }

    private StackValue Poison(Type type) => type.IsByRef
        ? new LocalReference(Temporary(type.GetElementType()!), 0)
        : LayoutOf(type) is { IsPrimitive: true } layout
            ? new ScalarValue(_function.Constant(layout.Leaves[0].ValueType, 0))
            : new AggregateValue(type, [.. LayoutOf(type).Leaves.Select(leaf => _function.Constant(leaf.ValueType, 0))]);
}
