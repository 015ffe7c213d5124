namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>What all blocks of a launch share.</summary>
internal sealed class Launch
{
    /// <summary>As on an H100 with 132.</summary>
    public const int Multiprocessors = 132;

    public LaunchProgress Progress { get; } = new();

    public required FunctionCode Entry { get; init; }

    public required Dim3 Grid { get; init; }

    public required Dim3 BlockExtent { get; init; }

    public required int DynamicSharedBytes { get; init; }

    /// <summary>Static and dynamic shared memory of a block.</summary>
    public required int SharedBytes { get; init; }

    /// <summary>Bytes of local memory per lane.</summary>
    public required int LocalBytes { get; init; }

    public required EmulatedMemory Memory { get; init; }

    /// <summary>Functions by the index in their address.</summary>
    public required IReadOnlyList<FunctionCode> FunctionTable { get; init; }

    /// <summary>Null in Run mode.</summary>
    public required LaunchWatcher? Watcher { get; init; }

    public required CancellationToken Cancellation { get; init; }
}
