using System.Runtime.InteropServices;
using ViCA.Native.Gpu;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// The weights of a model in the memory of a device. Each is copied once, when the model is loaded, and stays until this
/// is disposed.
/// </summary>
public sealed class WeightUpload(GpuDevice device) : IDisposable
{
    private const long PieceBytes = 256L << 20;

    private readonly List<GpuBuffer> _buffers = [];

    /// <summary>
    /// A copy of a tensor of the host, in its own type; float16, which kernels do not read, becomes float32.
    /// </summary>
    public Tensor Matrix(Tensor weight) => weight.DType == DType.F16 ? Widened(weight) : Copied(weight);

    /// <summary>
    /// A copy of a row (a bias, the weight of a norm) as float32: ops widen such rows anyway, and it is little memory.
    /// </summary>
    public Tensor Row(Tensor weight) => weight.DType == DType.F32 ? Copied(weight) : Widened(weight);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuBuffer buffer in _buffers)
            buffer.Dispose();
        _buffers.Clear();
    }

    private Tensor Copied(Tensor weight)
    {
        Tensor copy = Allocate(weight.DType, weight);
        foreach ((int first, int count) in Pieces(weight))
            copy.Slice(first, count).CopyFrom(weight.Slice(first, count).Bytes);
        return copy;
    }

    private Tensor Widened(Tensor weight)
    {
        Tensor copy = Allocate(DType.F32, weight);
        foreach ((int first, int count) in Pieces(copy))
        {
            float[] values = new float[(long)count * weight.Columns];
            weight.Slice(first, count).CopyTo(values);
            copy.Slice(first, count).CopyFrom(MemoryMarshal.AsBytes<float>(values));
        }

        return copy;
    }

    private Tensor Allocate(DType dtype, Tensor weight)
    {
        GpuBuffer buffer = device.Allocate(weight.Length * dtype.Bytes());
        _buffers.Add(buffer);
        return new Tensor((nint)buffer.Address, dtype, weight.Rows, weight.Columns, device);
    }

    private static IEnumerable<(int First, int Count)> Pieces(Tensor tensor)
    {
        int rows = (int)Math.Max(1, PieceBytes / ((long)tensor.Columns * tensor.DType.Bytes()));
        for (int first = 0; first < tensor.Rows; first += rows)
            yield return (first, Math.Min(rows, tensor.Rows - first));
    }
}
