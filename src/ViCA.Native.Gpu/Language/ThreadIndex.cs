namespace ViCA.Native.Gpu.Language;

/// <summary>Index of this thread in its block (<c>%tid</c>).</summary>
public static class ThreadIndex
{
    /// <summary>First coordinate.</summary>
    public static int X
    {
        [Ptx("mov.u32 {0}, %tid.x")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Second coordinate.</summary>
    public static int Y
    {
        [Ptx("mov.u32 {0}, %tid.y")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Third coordinate.</summary>
    public static int Z
    {
        [Ptx("mov.u32 {0}, %tid.z")]
        get => DeviceOnly.Throw<int>();
    }
}
