namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>One memory instruction of one warp, for detectors and counters; addresses have been checked already.</summary>
internal readonly unsafe ref struct MemoryAccess
{
    public required Warp Warp { get; init; }

    public required MemoryInstruction Instruction { get; init; }

    /// <summary>Lanes that take part.</summary>
    public required uint Mask { get; init; }

    /// <summary>32 generic addresses (<see cref="AddressWindows"/>), valid for the lanes of the mask.</summary>
    public required ulong* Addresses { get; init; }
}
