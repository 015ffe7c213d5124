using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The kernels of docs/kernels.md: RMSNorm from the first idea to the one that the model uses.</summary>
internal static class RmsNormSteps
{
    /// <summary>One thread per row.</summary>
    public readonly struct ThreadPerRow(
        Global<BFloat16> x, Global<float> weight, Global<BFloat16> y, int rows, int hidden, float epsilon) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int row = BlockIndex.X * BlockThreads + ThreadIndex.X;
            if (row >= rows)
                return;
            float sum = 0;
            for (int i = 0; i < hidden; i++)
            {
                float value = x[row * hidden + i];
                sum += value * value;
            }

            float scale = 1f / MathF.Sqrt(sum / hidden + epsilon);
            for (int i = 0; i < hidden; i++)
                y[row * hidden + i] = (BFloat16)(Element.Round<BFloat16>(x[row * hidden + i] * scale) * weight[i]);
        }
    }

    /// <summary>One warp per row: neighbouring lanes read neighbouring elements.</summary>
    public readonly struct WarpPerRow(
        Global<BFloat16> x, Global<float> weight, Global<BFloat16> y, int hidden, float epsilon) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int row = BlockIndex.X * hidden;
            float sum = 0;
            for (int i = ThreadIndex.X; i < hidden; i += Warp.Size)
            {
                float value = x[row + i];
                sum += value * value;
            }

            float scale = 1f / MathF.Sqrt(Warp.Sum(sum) / hidden + epsilon);
            for (int i = ThreadIndex.X; i < hidden; i += Warp.Size)
                y[row + i] = (BFloat16)(Element.Round<BFloat16>(x[row + i] * scale) * weight[i]);
        }
    }

    /// <summary>One warp per row, sixteen bytes per access.</summary>
    public readonly struct WideAccesses(
        Global<BFloat16> x, Global<float> weight, Global<BFloat16> y, int hidden, float epsilon) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int row = BlockIndex.X * hidden;
            float sum = 0;
            for (int i = 8 * ThreadIndex.X; i < hidden; i += 8 * Warp.Size)
            {
                Registers<BFloat16, N8> values = x.LoadVector<N8>(row + i);
                for (int k = 0; k < 8; k++)
                    sum += values[k] * values[k];
            }

            float scale = 1f / MathF.Sqrt(Warp.Sum(sum) / hidden + epsilon);
            for (int i = 8 * ThreadIndex.X; i < hidden; i += 8 * Warp.Size)
            {
                Registers<BFloat16, N8> values = x.LoadVector<N8>(row + i);
                Registers<float, N8> scales = weight.LoadVectorReadOnly<N8>(i);
                for (int k = 0; k < 8; k++)
                    values[k] = (BFloat16)(Element.Round<BFloat16>(values[k] * scale) * scales[k]);
                y.StoreVector(row + i, values);
            }
        }
    }
}
