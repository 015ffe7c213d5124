namespace ViCA.Native.Gpu.Emulator;

/// <summary>What the driver would refuse.</summary>
internal static class LaunchChecks
{
    private const int MaximumThreads = 1024;

    /// <summary>Most shared memory of a block (Hopper).</summary>
    private const int MaximumSharedBytes = 227 << 10;

    public static void Check(PtxEntry entry, Dim3 grid, Dim3 block, int dynamicSharedBytes, int parameterBytes)
    {
        if (grid.X < 1 || grid.Y < 1 || grid.Z < 1)
            throw new ArgumentException($"grid {grid} is empty", nameof(grid));
        if (block.X < 1 || block.Y < 1 || block.Z < 1 || block.Count > MaximumThreads)
            throw new ArgumentException($"block {block} does not have 1 to {MaximumThreads} threads", nameof(block));
        if (entry.RequiredBlock is Dim3 required && required != block)
            throw new ArgumentException($"{entry.Name} requires block {required} (found {block})", nameof(block));
        if (entry.MaximumBlock is Dim3 maximum && block.Count > maximum.Count)
            throw new ArgumentException($"{entry.Name} takes {maximum.Count} threads at most", nameof(block));
        ArgumentOutOfRangeException.ThrowIfNegative(dynamicSharedBytes);
        int shared = entry.StaticSharedBytes + dynamicSharedBytes;
        if (shared > MaximumSharedBytes)
            throw new ArgumentException($"{shared} bytes of shared memory (at most {MaximumSharedBytes})",
                nameof(dynamicSharedBytes));
        if (parameterBytes != entry.ParameterBytes)
            throw new ArgumentException(
                $"{entry.Name} takes {entry.ParameterBytes} bytes of parameters (found {parameterBytes})",
                nameof(parameterBytes));
    }
}
