namespace ViCA.Native.Gpu.Language;

/// <summary>Number of threads of a block (<c>%ntid</c>).</summary>
public static class BlockSize
{
    /// <summary>First coordinate.</summary>
    public static int X
    {
        [Ptx("mov.u32 {0}, %ntid.x")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Second coordinate.</summary>
    public static int Y
    {
        [Ptx("mov.u32 {0}, %ntid.y")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Third coordinate.</summary>
    public static int Z
    {
        [Ptx("mov.u32 {0}, %ntid.z")]
        get => DeviceOnly.Throw<int>();
    }
}
