using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>A local variable, argument or temporary of an inlined method: cells, one per scalar.</summary>
internal sealed class Slot
{
    private readonly Dictionary<int, Cell> _cells = [];

    /// <param name="layout">How a value lies; null for a variable that holds a reference.</param>
    /// <param name="frame">Whose variable it is.</param>
    /// <param name="index">Local index, −1 − argument index, or <see cref="int.MinValue"/> for a temporary.</param>
    /// <param name="isAddressTaken">Whether code can change it other than by its index.</param>
    public Slot(TypeLayout? layout, Frame? frame, int index, bool isAddressTaken)
    {
        Layout = layout;
        Frame = frame;
        Index = index;
        IsAddressTaken = isAddressTaken;
        foreach (Leaf leaf in layout?.Leaves ?? [])
            _cells.Add(leaf.Offset, new Cell(this, leaf));
    }

    public TypeLayout? Layout { get; }

    public Frame? Frame { get; }

    public int Index { get; }

    public bool IsAddressTaken { get; }

    public Cell? CellAt(int offset) => _cells.GetValueOrDefault(offset);
}

/// <summary>A scalar of a slot.</summary>
internal sealed record Cell(Slot Slot, Leaf Leaf)
{
    public IrType Type => Leaf.ValueType;

    public bool Equals(Cell? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
