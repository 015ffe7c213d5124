namespace ViCA.Native.Gpu.Language;

/// <summary>A choice without a branch.</summary>
public static class Select
{
    /// <summary><paramref name="whenTrue"/> or <paramref name="whenFalse"/>; both are computed.</summary>
    [Builtin(Builtin.Select)]
    public static T If<T>(bool condition, T whenTrue, T whenFalse)
        where T : unmanaged => condition ? whenTrue : whenFalse;
}
