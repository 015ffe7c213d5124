using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>What the evaluation stack of IL holds while a method is imported.</summary>
internal abstract record StackValue;

/// <summary>A scalar.</summary>
internal sealed record ScalarValue(IrInstruction Value) : StackValue;

/// <summary>A struct: its leaves, in the order of the layout.</summary>
internal sealed record AggregateValue(Type Type, IrInstruction[] Leaves) : StackValue;

/// <summary>The address of a byte of a local variable. It exists while importing only.</summary>
internal sealed record LocalReference(Slot Slot, int Offset) : StackValue;

/// <summary>An address in a state space.</summary>
internal sealed record MemoryReference(MemorySpace Space, IrInstruction Address, long Offset) : StackValue;

/// <summary>A type, from <c>typeof</c>.</summary>
internal sealed record TypeValue(Type Type) : StackValue;
