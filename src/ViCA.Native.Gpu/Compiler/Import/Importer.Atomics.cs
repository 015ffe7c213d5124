using System.Reflection;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private void Atomic(Builtin kind, MethodInfo method, StackValue[] arguments)
    {
        Type type = method.GetGenericArguments()[0];
        if (arguments[0] is not MemoryReference memory || LayoutOf(type) is not { IsPrimitive: true } layout
            || layout.Bytes < 4)
        {
            Refuse(
                DiagnosticCodes.Atomic,
                $"an atomic operation on {type.Name}; it needs int, uint, long, ulong or float in Global or Shared memory");
            PushPoisonOf(method);
            return;
        }

        Leaf leaf = layout.Leaves[0];
        if (kind == Builtin.LoadAcquire)
        {
            Push(LoadLeaf(memory, leaf, ".acquire.gpu"));
            return;
        }

        if (kind == Builtin.StoreRelease)
        {
            _builder.Emit(new IrInstruction(
                IrOp.Store, IrType.Void, memory.Address, Fit(ScalarOf(arguments[1]), leaf))
            {
                Memory = new MemoryAccess(memory.Space, leaf.Type, Offset: memory.Offset, Qualifier: ".release.gpu"),
            });
            return;
        }

        bool isSigned = type == typeof(int) || type == typeof(long);
        int bits = 8 * leaf.Bytes;
        bool real = leaf.ValueType is IrType.F32 or IrType.F64;
        if (real && kind is Builtin.AtomicMin or Builtin.AtomicMax)
            Refuse(DiagnosticCodes.Atomic, "there is no atomic minimum or maximum of floats; compare and exchange their bits");
        string number = real ? $"f{bits}" : isSigned && kind is not Builtin.AtomicAdd || isSigned && bits == 32 ? $"s{bits}" : $"u{bits}";
        string operation = kind switch
        {
            Builtin.AtomicAdd => $".add.{number}",
            Builtin.AtomicMin => $".min.{number}",
            Builtin.AtomicMax => $".max.{number}",
            Builtin.AtomicExchange => $".exch.b{bits}",
            _ => $".cas.b{bits}",
        };
        List<IrInstruction> operands = [memory.Address];
        if (kind == Builtin.AtomicCompareExchange)
            operands.Add(Fit(ScalarOf(arguments[2]), leaf));
        operands.Add(Fit(ScalarOf(arguments[1]), leaf));
        Push(_builder.Emit(new IrInstruction(IrOp.Atomic, leaf.ValueType, [.. operands])
        {
            Memory = new MemoryAccess(
                memory.Space, leaf.Type, Offset: memory.Offset, AtomicOperation: operation),
        }));
    }
}
