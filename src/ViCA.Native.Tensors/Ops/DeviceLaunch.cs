using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;

namespace ViCA.Native.Tensors.Ops;

/// <summary>Closes a kernel's type parameters over what tensors hold and how they lie.</summary>
internal static class DeviceLaunch
{
    private const int AccessBytes = 16;

    /// <summary>
    /// Whether every row of the tensors can be read <paramref name="width"/> elements at a time in accesses of up to 16
    /// bytes.
    /// </summary>
    public static bool RowsAre(int width, params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Columns % width != 0 || tensor.Address % AccessBytes != 0)
                return false;
        }

        return true;
    }

    /// <summary>As <see cref="RowsAre"/>, of tensors that are looked at as one row.</summary>
    public static bool ArraysAre(int width, params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Length % width != 0 || tensor.Address % AccessBytes != 0)
                return false;
        }

        return true;
    }

    /// <summary>Blocks of elementwise kernels for this many elements.</summary>
    public static int Blocks(long elements, int width)
    {
        int perBlock = ElementBlock.Threads * width;
        return checked((int)((elements + perBlock - 1) / perBlock));
    }

    /// <summary>Runs a launch for activations of <paramref name="dtype"/>, 8 elements an access or 1.</summary>
    public static void For<TLaunch>(GpuDevice device, DType dtype, bool isWide, TLaunch launch)
        where TLaunch : struct, IDeviceLaunch
    {
        if (dtype == DType.F32 && isWide)
            launch.Run<float, N8>(device);
        else if (dtype == DType.F32)
            launch.Run<float, N1>(device);
        else if (isWide)
            launch.Run<BFloat16, N8>(device);
        else
            launch.Run<BFloat16, N1>(device);
    }

    /// <summary>Runs a launch for activations and a parameter of these types, TWide elements an access or 1.</summary>
    public static void For<TLaunch, TWide>(GpuDevice device, DType dtype, DType weight, bool isWide, TLaunch launch)
        where TLaunch : struct, IWeightedDeviceLaunch
        where TWide : struct, ILength
    {
        if (isWide)
            For<TLaunch, TWide>(device, dtype, weight, launch);
        else
            For<TLaunch, N1>(device, dtype, weight, launch);
    }

    private static void For<TLaunch, TWidth>(GpuDevice device, DType dtype, DType weight, TLaunch launch)
        where TLaunch : struct, IWeightedDeviceLaunch
        where TWidth : struct, ILength
    {
        if (dtype == DType.F32 && weight == DType.F32)
            launch.Run<float, float, TWidth>(device);
        else if (dtype == DType.F32)
            launch.Run<float, BFloat16, TWidth>(device);
        else if (weight == DType.F32)
            launch.Run<BFloat16, float, TWidth>(device);
        else
            launch.Run<BFloat16, BFloat16, TWidth>(device);
    }
}
