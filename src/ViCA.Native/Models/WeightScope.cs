using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Models;

/// <summary>A path inside a checkpoint: `weights / "layers.0"` is the scope of the tensors below it.</summary>
/// <param name="Checkpoint">The mapped checkpoint; tensors are views of its memory.</param>
/// <param name="Path">The path so far, without a dot at its end.</param>
/// <param name="Upload">Where tensors are copied to; null leaves them in the map.</param>
public readonly record struct WeightScope(Checkpoint Checkpoint, string Path, WeightUpload? Upload = null)
{
    public static WeightScope operator /(WeightScope scope, string segment) =>
        scope with { Path = scope.Path.Length == 0 ? segment : $"{scope.Path}.{segment}" };

    public static WeightScope Divide(WeightScope scope, string segment) => scope / segment;

    /// <summary>The tensor <paramref name="name"/> below this path, which must have this shape, as [shape[0], the rest].</summary>
    /// <exception cref="WeightsFormatException">It is missing or has another shape.</exception>
    public Tensor Matrix(string name, params ReadOnlySpan<long> shape)
    {
        CheckpointTensor tensor = Checkpoint.Require((this / name).Path, shape);
        long columns = 1;
        foreach (long dimension in shape[1..])
            columns *= dimension;
        Tensor matrix = new(tensor.Address, tensor.DType, checked((int)shape[0]), checked((int)columns));
        return Upload?.Matrix(matrix) ?? matrix;
    }

    /// <summary>The one-dimensional tensor <paramref name="name"/> below this path, as [1, length].</summary>
    /// <exception cref="WeightsFormatException">It is missing or has another shape.</exception>
    public Tensor Row(string name, int length)
    {
        CheckpointTensor tensor = Checkpoint.Require((this / name).Path, [length]);
        Tensor row = new(tensor.Address, tensor.DType, 1, length);
        return Upload?.Row(row) ?? row;
    }
}
