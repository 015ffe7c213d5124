namespace ViCA.Native.Gpu.Language;

/// <summary>The 32 threads that run in lockstep. Every call here must be reached by the whole warp.</summary>
public static class Warp
{
    /// <summary>Threads of a warp.</summary>
    public const int Size = 32;

    /// <summary>Index of this thread in its warp.</summary>
    public static int LaneIndex
    {
        [Ptx("mov.u32 {0}, %laneid")]
        get => DeviceOnly.Throw<int>();
    }

    /// <summary>Waits for the lanes of the warp and orders their memory accesses.</summary>
    [Ptx("bar.warp.sync 0xffffffff", Effect = PtxEffect.Barrier)]
    public static void Barrier() => DeviceOnly.Throw();

    /// <summary>The value of lane <paramref name="lane"/>.</summary>
    [Ptx("shfl.sync.idx.b32 {0}, {1}, {2}, 31, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int Shuffle(int value, int lane) => DeviceOnly.Throw<int>();

    /// <inheritdoc cref="Shuffle(int, int)"/>
    [Ptx("shfl.sync.idx.b32 {0}, {1}, {2}, 31, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static float Shuffle(float value, int lane) => DeviceOnly.Throw<float>();

    /// <summary>The value of the lane whose index differs by the bits of <paramref name="laneMask"/>.</summary>
    [Ptx("shfl.sync.bfly.b32 {0}, {1}, {2}, 31, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int ShuffleXor(int value, int laneMask) => DeviceOnly.Throw<int>();

    /// <inheritdoc cref="ShuffleXor(int, int)"/>
    [Ptx("shfl.sync.bfly.b32 {0}, {1}, {2}, 31, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static float ShuffleXor(float value, int laneMask) => DeviceOnly.Throw<float>();

    /// <summary>The value of the lane <paramref name="delta"/> below; the lowest lanes keep their own.</summary>
    [Ptx("shfl.sync.up.b32 {0}, {1}, {2}, 0, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int ShuffleUp(int value, int delta) => DeviceOnly.Throw<int>();

    /// <inheritdoc cref="ShuffleUp(int, int)"/>
    [Ptx("shfl.sync.up.b32 {0}, {1}, {2}, 0, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static float ShuffleUp(float value, int delta) => DeviceOnly.Throw<float>();

    /// <summary>The value of the lane <paramref name="delta"/> above; the highest lanes keep their own.</summary>
    [Ptx("shfl.sync.down.b32 {0}, {1}, {2}, 31, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int ShuffleDown(int value, int delta) => DeviceOnly.Throw<int>();

    /// <inheritdoc cref="ShuffleDown(int, int)"/>
    [Ptx("shfl.sync.down.b32 {0}, {1}, {2}, 31, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static float ShuffleDown(float value, int delta) => DeviceOnly.Throw<float>();

    /// <summary>Bit i says whether lane i gave true.</summary>
    [Ptx("vote.sync.ballot.b32 {0}, {1}, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static uint Ballot(bool predicate) => DeviceOnly.Throw<uint>();

    /// <summary>Whether any lane gave true.</summary>
    [Ptx("vote.sync.any.pred {0}, {1}, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static bool Any(bool predicate) => DeviceOnly.Throw<bool>();

    /// <summary>Whether all lanes gave true.</summary>
    [Ptx("vote.sync.all.pred {0}, {1}, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static bool All(bool predicate) => DeviceOnly.Throw<bool>();

    /// <summary>Sum over the lanes, in one instruction.</summary>
    [Ptx("redux.sync.add.s32 {0}, {1}, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int Sum(int value) => DeviceOnly.Throw<int>();

    /// <summary>Maximum over the lanes, in one instruction.</summary>
    [Ptx("redux.sync.max.s32 {0}, {1}, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int Max(int value) => DeviceOnly.Throw<int>();

    /// <summary>Minimum over the lanes, in one instruction.</summary>
    [Ptx("redux.sync.min.s32 {0}, {1}, 0xffffffff", Effect = PtxEffect.Convergent)]
    public static int Min(int value) => DeviceOnly.Throw<int>();

    /// <summary>Sum over the lanes in a fixed order (a butterfly), the same in every lane.</summary>
    public static float Sum(float value)
    {
        for (int laneMask = Size / 2; laneMask > 0; laneMask /= 2)
        {
            Unroll.Full();
            value += ShuffleXor(value, laneMask);
        }

        return value;
    }

    /// <summary>Maximum over the lanes, the same in every lane.</summary>
    public static float Max(float value)
    {
        for (int laneMask = Size / 2; laneMask > 0; laneMask /= 2)
        {
            Unroll.Full();
            value = MathF.Max(value, ShuffleXor(value, laneMask));
        }

        return value;
    }

    /// <summary>True in one lane of the warp (<c>elect.sync</c>, Hopper).</summary>
    [Ptx("elect.sync _|{0}, 0xffffffff", Effect = PtxEffect.Convergent, Target = GpuTarget.Sm90a)]
    public static bool Elect() => DeviceOnly.Throw<bool>();
}
