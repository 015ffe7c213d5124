namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>
/// The operations of the IR. Where one word serves integers and floats, the type of the instruction says which.
/// </summary>
internal enum IrOp
{
    Constant,
    Phi,

    Add,
    Subtract,
    Multiply,
    MultiplyHigh,
    MultiplyHighUnsigned,

    /// <summary>I32 · I32 → I64, signed.</summary>
    MultiplyWide,

    /// <summary>I32 · I32 → I64, unsigned.</summary>
    MultiplyWideUnsigned,
    Divide,
    DivideUnsigned,
    Remainder,
    RemainderUnsigned,
    And,
    Or,
    Xor,
    Not,
    Negate,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    Minimum,
    Maximum,
    MinimumUnsigned,
    MaximumUnsigned,
    Absolute,
    FusedMultiplyAdd,
    SquareRoot,
    Floor,
    Ceiling,
    TruncateFraction,
    RoundToEven,
    CopySign,
    PopCount,
    LeadingZeroCount,
    ReverseBits,

    /// <summary>(value, amount): I32 rotated left.</summary>
    RotateLeft,

    Compare,

    /// <summary>(predicate, when true, when false).</summary>
    Select,

    SignExtend8,
    ZeroExtend8,
    SignExtend16,
    ZeroExtend16,

    /// <summary>I32 → I64.</summary>
    SignExtend,

    /// <summary>I32 → I64.</summary>
    ZeroExtend,

    /// <summary>I64 → I32.</summary>
    Truncate,
    FloatFromSigned,
    FloatFromUnsigned,
    SignedFromFloat,
    UnsignedFromFloat,

    /// <summary>F32 ↔ F64.</summary>
    FloatConvert,

    /// <summary>Same bits, another type of the same size.</summary>
    Bitcast,

    /// <summary>F32 → bf16 in the low half of an I32, the high half 0.</summary>
    BFloat16FromFloat,

    /// <summary>(high, low): two F32 → two bf16 in one I32.</summary>
    PackBFloat16,

    /// <summary>(high, low): the low halves of two I32 in one.</summary>
    Pack16,

    /// <summary>I32 address of a byte of the kernel's shared memory.</summary>
    SharedAddress,

    /// <summary>[address]; or [address, predicate, other] when predicated.</summary>
    Load,

    /// <summary>As Load, with <see cref="MemoryAccess.Count"/> results, read by <see cref="Extract"/>.</summary>
    LoadVector,

    /// <summary>Result <see cref="IrInstruction.Bits"/> of a LoadVector.</summary>
    Extract,

    /// <summary>[address, value …]; or [address, value …, predicate] when predicated.</summary>
    Store,

    /// <summary>[address, value] or [address, comparand, value].</summary>
    Atomic,

    /// <summary>The row of an intrinsic says what it is.</summary>
    Intrinsic,
}
