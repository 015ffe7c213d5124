using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Cache;
using ViCA.Native.Kernels.Elementwise;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// Puts new tokens' keys or values into a cache. x: [tokens, numKvHeads · headDim]; cache: [numKvHeads · capacity,
    /// headDim], KV head h at rows h · capacity …; token t goes to row h · capacity + position + t.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit, or the cache is full.</exception>
    public static void AppendToCache(OpContext context, Tensor x, Tensor cache, int numKvHeads, int position)
    {
        Check.Type(cache, x.DType);
        Check.Shape(x, x.Rows, numKvHeads * cache.Columns);
        int capacity = cache.Rows / numKvHeads;
        Check.That(
            position >= 0 && position + x.Rows <= capacity,
            $"positions {position} to {position + x.Rows - 1} (expected below {capacity})");
        Check.Place(context, [x, cache]);
        if (context.Device is { } device)
        {
            AppendToCacheLaunch launch = new(x, cache, numKvHeads, position);
            DeviceLaunch.For(device, x.DType, DeviceLaunch.RowsAre(8, x, cache), launch);
            return;
        }

        int headBytes = cache.Columns * cache.DType.Bytes();
        for (int t = 0; t < x.Rows; t++)
        {
            ReadOnlySpan<byte> token = x.Slice(t, 1).Bytes;
            for (int head = 0; head < numKvHeads; head++)
                token.Slice(head * headBytes, headBytes).CopyTo(cache.Slice(head * capacity + position + t, 1).Bytes);
        }
    }

    private readonly struct AppendToCacheLaunch(Tensor x, Tensor cache, int numKvHeads, int position) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                (DeviceLaunch.Blocks(x.Columns, TWidth.Value), x.Rows),
                ElementBlock.Threads,
                new KvAppendKernel<T, TWidth>(
                    x.Global<T>(), cache.Global<T>(), numKvHeads, cache.Columns, cache.Rows / numKvHeads, position));
    }
}
