namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>
/// What Compare asks. For integers the Unsigned forms compare without sign; for floats the Unordered forms hold when an
/// operand is NaN and the plain ones do not (NotEqual is plain: IL's <c>bne.un</c> is NotEqualUnordered).
/// </summary>
internal enum IrCondition
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    LessUnsigned,
    LessOrEqualUnsigned,
    GreaterUnsigned,
    GreaterOrEqualUnsigned,
    EqualUnordered,
    NotEqualUnordered,
    LessUnordered,
    LessOrEqualUnordered,
    GreaterUnordered,
    GreaterOrEqualUnordered,
}
