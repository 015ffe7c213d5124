namespace ViCA.Native.Gpu;

/// <summary>Extent of a grid (in blocks) or of a block (in threads), as in CUDA.</summary>
/// <param name="X">Fastest-moving extent.</param>
/// <param name="Y">Second extent.</param>
/// <param name="Z">Slowest-moving extent.</param>
public readonly record struct Dim3(int X, int Y = 1, int Z = 1)
{
    /// <summary>X · Y · Z.</summary>
    public long Count => (long)X * Y * Z;

    public static implicit operator Dim3(int x) => new(x);

    public static implicit operator Dim3((int X, int Y) extent) => new(extent.X, extent.Y);

    public static implicit operator Dim3((int X, int Y, int Z) extent) => new(extent.X, extent.Y, extent.Z);

    public override string ToString() => $"({X}, {Y}, {Z})";
}
