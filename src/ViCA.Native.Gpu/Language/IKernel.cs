namespace ViCA.Native.Gpu.Language;

/// <summary>
/// A kernel: an unmanaged <c>readonly struct</c> whose fields are the launch arguments, copied whole to the launch.
/// <see cref="Execute"/> is the code of one thread.
/// </summary>
public interface IKernel
{
    /// <summary>Threads of a block, all in X. The launch must agree with it.</summary>
    static abstract int BlockThreads { get; }

    /// <summary>
    /// Blocks that must fit on a multiprocessor at once (<c>.minnctapersm</c>). Without this floor the assembler would
    /// sooner spill registers than lose occupancy.
    /// </summary>
    static virtual int MinBlocksPerMultiprocessor => 1;

    /// <summary>What one thread does.</summary>
    void Execute();
}
