using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tensors.Ops;

/// <summary>A launch that is generic over the element type of the activations and the width of an access.</summary>
internal interface IDeviceLaunch
{
    void Run<T, TWidth>(GpuDevice device)
        where T : unmanaged
        where TWidth : struct, ILength;
}
