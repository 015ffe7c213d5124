using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tensors.Ops;

/// <summary>A launch that is generic over the element types of the activations and of a parameter as well.</summary>
internal interface IWeightedDeviceLaunch
{
    void Run<T, TWeight, TWidth>(GpuDevice device)
        where T : unmanaged
        where TWeight : unmanaged
        where TWidth : struct, ILength;
}
