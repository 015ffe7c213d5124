namespace ViCA.Native.Gpu.Emulator.Parsing;

internal enum PtxTokenKind
{
    /// <summary>A name, a directive or an opcode with its modifiers.</summary>
    Word,
    Integer,

    /// <summary><c>0f</c> and eight digits.</summary>
    Single,

    /// <summary><c>0d</c> and sixteen digits, or a decimal fraction.</summary>
    Double,
    Text,
    Punctuation,
    End,
}
