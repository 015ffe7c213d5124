namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>One launch of a description.</summary>
public sealed class PtxCase
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The entry that is launched.</summary>
    public required string Entry { get; init; }

    /// <summary>Blocks.</summary>
    public required Dim3 Grid { get; init; }

    /// <summary>Threads per block.</summary>
    public required Dim3 Block { get; init; }

    /// <summary>Blocks per cluster; null without clusters.</summary>
    public Dim3? Cluster { get; init; }

    /// <summary>Bytes of dynamic shared memory per block.</summary>
    public required int DynamicSharedBytes { get; init; }

    /// <summary>The targets that the case is for; null when it is for all of the description's.</summary>
    public IReadOnlyList<GpuTarget>? Targets { get; init; }

    internal IReadOnlyList<PtxArgument> Arguments { get; init; } = [];

    internal IReadOnlyDictionary<string, PtxBuffer> Buffers { get; init; } = new Dictionary<string, PtxBuffer>();

    internal IReadOnlyList<ExpectedBuffer> Expected { get; init; } = [];

    internal IReadOnlyList<ExpectedCounter> ExpectedCounters { get; init; } = [];
}
