namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>One barrier of a block between two completions.</summary>
internal sealed class BarrierState(int warps)
{
    /// <summary>Threads that must come, or -1 for all.</summary>
    public int Threads { get; set; }

    /// <summary>Lanes that have come, per warp.</summary>
    public uint[] Arrived { get; } = new uint[warps];

    public List<BarrierWaiter> Waiting { get; } = [];

    /// <summary>Lanes that came with a true predicate.</summary>
    public int True { get; set; }

    /// <summary>Lanes that came.</summary>
    public int All { get; set; }

    public void Clear()
    {
        Array.Clear(Arrived);
        Waiting.Clear();
        True = 0;
        All = 0;
        Threads = -1;
    }
}
