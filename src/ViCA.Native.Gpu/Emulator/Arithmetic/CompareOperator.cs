namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>Comparison operators of <c>setp</c> and <c>set</c> (PTX ISA, "Comparisons").</summary>
internal enum CompareOperator
{
    /// <summary><c>eq</c>.</summary>
    Equal,

    /// <summary><c>ne</c>; for floats false when an operand is NaN.</summary>
    NotEqual,

    /// <summary><c>lt</c>, and <c>lo</c> of unsigned integers.</summary>
    Less,

    /// <summary><c>le</c>, and <c>ls</c> of unsigned integers.</summary>
    LessOrEqual,

    /// <summary><c>gt</c>, and <c>hi</c> of unsigned integers.</summary>
    Greater,

    /// <summary><c>ge</c>, and <c>hs</c> of unsigned integers.</summary>
    GreaterOrEqual,

    /// <summary><c>equ</c>: true when an operand is NaN.</summary>
    EqualOrUnordered,

    /// <summary><c>neu</c>: true when an operand is NaN.</summary>
    NotEqualOrUnordered,

    /// <summary><c>ltu</c>: true when an operand is NaN.</summary>
    LessOrUnordered,

    /// <summary><c>leu</c>: true when an operand is NaN.</summary>
    LessOrEqualOrUnordered,

    /// <summary><c>gtu</c>: true when an operand is NaN.</summary>
    GreaterOrUnordered,

    /// <summary><c>geu</c>: true when an operand is NaN.</summary>
    GreaterOrEqualOrUnordered,

    /// <summary><c>num</c>: both operands are numbers.</summary>
    BothNumbers,

    /// <summary><c>nan</c>: an operand is NaN.</summary>
    EitherNaN,
}
