namespace ViCA.Native.Gpu.Language;

/// <summary>Order among the memory accesses of one thread, as others see them.</summary>
public static class Fence
{
    /// <summary>For the threads of the block.</summary>
    [Ptx("fence.acq_rel.cta", Effect = PtxEffect.Barrier)]
    public static void Block() => DeviceOnly.Throw();

    /// <summary>For all threads of the device.</summary>
    [Ptx("fence.acq_rel.gpu", Effect = PtxEffect.Barrier)]
    public static void Device() => DeviceOnly.Throw();
}
