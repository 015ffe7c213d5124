namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Lanes of a warp that are at the same place.</summary>
internal sealed class Split
{
    public int Pc { get; set; }

    public uint Mask { get; set; }

    public required Activation Activation { get; set; }

    public WaitKind Wait { get; set; }

    /// <summary>The instruction that it waits at.</summary>
    public Instruction? WaitsAt { get; set; }

    /// <summary>For <see cref="WaitKind.Warp"/>: the lanes that must come.</summary>
    public uint Members { get; set; }

    /// <summary>
    /// Whether this comes first: the order of places in the code, so that lanes which are behind go first and meet the
    /// others; inside a call comes before everything behind the call.
    /// </summary>
    public int CompareTo(Split other)
    {
        int depth = Math.Min(Activation.Depth, other.Activation.Depth);
        for (int level = 0; level <= depth; level++)
        {
            int order = KeyAt(level).CompareTo(other.KeyAt(level));
            if (order != 0)
                return order;
        }
        int deeper = other.Activation.Depth.CompareTo(Activation.Depth);
        return deeper != 0 ? deeper : Activation.Serial.CompareTo(other.Activation.Serial);
    }

    private long KeyAt(int level)
    {
        if (level == Activation.Depth)
            return 2L * Pc;
        Activation inner = Activation;
        while (inner.Depth > level + 1)
            inner = inner.Caller!;
        return (2L * inner.CallIndex) + 1;
    }
}
