namespace ViCA.Native.Gpu.Emulator;

/// <summary>The counters of one instruction, or the sum over several.</summary>
public sealed record InstructionCounters
{
    /// <summary>The opcode with its modifiers, e.g. `ld.global.u32`.</summary>
    public required string Instruction { get; init; }

    /// <summary>1-based line of the PTX text; 0 for a sum.</summary>
    public int PtxLine { get; init; }

    /// <summary>The source file, where the PTX has line information.</summary>
    public string? File { get; init; }

    /// <summary>1-based line of <see cref="File"/>; 0 without one.</summary>
    public int Line { get; init; }

    /// <summary>The class of the instruction.</summary>
    public InstructionClass Class { get; init; }

    /// <summary>Whether it accesses memory that others can see.</summary>
    public bool AccessesMemory { get; init; }

    /// <summary>Executions by a warp.</summary>
    public long Issued { get; init; }

    /// <summary>Executions by a lane whose guard is true.</summary>
    public long ActiveLanes { get; init; }

    /// <summary>Lanes that were there and whose guard was false.</summary>
    public long PredicatedOffLanes { get; init; }

    /// <summary>Operations on floats.</summary>
    public long FloatingPointOperations { get; init; }

    /// <summary>Executions by a warp that accessed memory.</summary>
    public long Requests { get; init; }

    /// <summary>Sectors of 32 bytes that the requests touched in global memory.</summary>
    public long Sectors { get; init; }

    /// <summary>Bytes that the requests were for; equal ones of one request once.</summary>
    public long BytesUsed { get; init; }

    /// <summary>Bytes moved: lanes times bytes per lane.</summary>
    public long Bytes { get; init; }

    /// <summary>
    /// Passes through the 32 four-byte banks of shared memory: per pass one word per bank, equal words together; 8-byte
    /// accesses by half warps, 16-byte accesses by quarter warps.
    /// </summary>
    public long Wavefronts { get; init; }

    /// <summary>Passes beyond the least possible.</summary>
    public long Conflicts { get; init; }

    /// <summary>The sum with another instruction, under this one's name.</summary>
    internal InstructionCounters Plus(InstructionCounters other) => this with
    {
        Class = other.Class,
        AccessesMemory = other.AccessesMemory,
        Issued = Issued + other.Issued,
        ActiveLanes = ActiveLanes + other.ActiveLanes,
        PredicatedOffLanes = PredicatedOffLanes + other.PredicatedOffLanes,
        FloatingPointOperations = FloatingPointOperations + other.FloatingPointOperations,
        Requests = Requests + other.Requests,
        Sectors = Sectors + other.Sectors,
        BytesUsed = BytesUsed + other.BytesUsed,
        Bytes = Bytes + other.Bytes,
        Wavefronts = Wavefronts + other.Wavefronts,
        Conflicts = Conflicts + other.Conflicts,
    };
}
