namespace ViCA.Native.Gpu.Emulator;

/// <summary>The kinds of <see cref="EmulatorFinding"/>.</summary>
public static class FindingKinds
{
    /// <summary>A read outside of what belongs to the kernel.</summary>
    public const string OutOfBoundsRead = "out-of-bounds-read";

    /// <summary>A write outside of what belongs to the kernel.</summary>
    public const string OutOfBoundsWrite = "out-of-bounds-write";

    /// <summary>An address that is not a multiple of the access's size.</summary>
    public const string Misaligned = "misaligned";

    /// <summary>A read of bytes that nobody has written.</summary>
    public const string UninitialisedRead = "uninitialised-read";

    /// <summary>The use of a register that the lane has not written.</summary>
    public const string UninitialisedRegister = "uninitialised-register";

    /// <summary>Two accesses, one of them a write, with nothing that orders them.</summary>
    public const string Race = "race";

    /// <summary>A barrier that not all lanes of a warp reach together though it says so.</summary>
    public const string DivergentBarrier = "divergent-barrier";

    /// <summary>Warps that wait for what can no longer happen.</summary>
    public const string Deadlock = "deadlock";

    /// <summary>A member mask that names lanes that do not take part, or leaves out the lane itself.</summary>
    public const string MemberMask = "member-mask";

    /// <summary>A shuffle that reads from a lane that does not take part.</summary>
    public const string ShuffleInactiveLane = "shuffle-inactive-lane";

    /// <summary>Calls nested too deep, or local memory used up.</summary>
    public const string StackOverflow = "stack-overflow";

    /// <summary>A call of an address where no function is.</summary>
    public const string InvalidCall = "invalid-call";

    /// <summary>A branch beyond its table of targets.</summary>
    public const string InvalidBranch = "invalid-branch";

    /// <summary>The kernel gave up.</summary>
    public const string Trap = "trap";
}
