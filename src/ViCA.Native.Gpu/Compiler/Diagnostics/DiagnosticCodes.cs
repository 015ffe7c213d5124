namespace ViCA.Native.Gpu.Compiler.Diagnostics;

/// <summary>The codes of what the compiler refuses. A code, once released, keeps its meaning.</summary>
public static class DiagnosticCodes
{
    /// <summary>An IL instruction outside the kernel language.</summary>
    public const string Instruction = "GK0001";

    /// <summary>A call to a method without usable IL (BCL internals, delegates, virtual calls).</summary>
    public const string Call = "GK0002";

    /// <summary>Recursion.</summary>
    public const string Recursion = "GK0003";

    /// <summary>A type that a kernel cannot hold (class, string, array, pointer, decimal).</summary>
    public const string Type = "GK0004";

    /// <summary>The index of a register tile is no constant.</summary>
    public const string TileIndex = "GK0005";

    /// <summary>A loop that must be unrolled does not end by constants, or is too long.</summary>
    public const string Unroll = "GK0006";

    /// <summary>A constant was expected (shared memory length, immediate operand).</summary>
    public const string Constant = "GK0007";

    /// <summary>More shared memory than the chip has.</summary>
    public const string SharedMemory = "GK0008";

    /// <summary>The target lacks an instruction.</summary>
    public const string Target = "GK0009";

    /// <summary>Exceptions: throw, try, catch, finally.</summary>
    public const string Exceptions = "GK0010";

    /// <summary>A reference that the compiler cannot follow, or bytes of a local read as another size.</summary>
    public const string Reference = "GK0011";

    /// <summary>A static field that is no constant.</summary>
    public const string StaticField = "GK0012";

    /// <summary>A kernel's parameters: too many bytes, or a field that cannot be passed.</summary>
    public const string Parameters = "GK0013";

    /// <summary>A goto into a loop.</summary>
    public const string ControlFlow = "GK0014";

    /// <summary>An element index that lies outside its register tile.</summary>
    public const string TileRange = "GK0015";

    /// <summary>An atomic operation on a type or place that has none.</summary>
    public const string Atomic = "GK0016";
}
