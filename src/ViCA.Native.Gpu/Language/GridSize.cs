namespace ViCA.Native.Gpu.Language;

/// <summary>Number of blocks of the grid (<c>%nctaid</c>).</summary>
public static class GridSize
{
    /// <summary>First coordinate.</summary>
    public static int X
    {
        [Ptx("mov.u32 {0}, %nctaid.x")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Second coordinate.</summary>
    public static int Y
    {
        [Ptx("mov.u32 {0}, %nctaid.y")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Third coordinate.</summary>
    public static int Z
    {
        [Ptx("mov.u32 {0}, %nctaid.z")]
        get => DeviceOnly.Throw<int>();
    }
}
