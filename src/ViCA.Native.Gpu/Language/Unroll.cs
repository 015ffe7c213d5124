namespace ViCA.Native.Gpu.Language;

/// <summary>
/// Says, by a call at the start of a loop's body, how the loop is compiled. A loop whose index picks an element of
/// <see cref="Registers{T, TLength}"/> is always unrolled.
/// </summary>
public static class Unroll
{
    /// <summary>All iterations are written out; the exit must be decided by constants.</summary>
    [Builtin(Builtin.UnrollFull)]
    public static void Full()
    {
    }

    /// <summary>The loop stays a loop, in the assembler too (<c>.pragma "nounroll"</c>).</summary>
    [Builtin(Builtin.UnrollNone)]
    public static void None()
    {
    }
}
