namespace ViCA.Native.Gpu.Language;

/// <summary>Index of this block in the grid (<c>%ctaid</c>).</summary>
public static class BlockIndex
{
    /// <summary>First coordinate.</summary>
    public static int X
    {
        [Ptx("mov.u32 {0}, %ctaid.x")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Second coordinate.</summary>
    public static int Y
    {
        [Ptx("mov.u32 {0}, %ctaid.y")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Third coordinate.</summary>
    public static int Z
    {
        [Ptx("mov.u32 {0}, %ctaid.z")]
        get => DeviceOnly.Throw<int>();
    }
}
