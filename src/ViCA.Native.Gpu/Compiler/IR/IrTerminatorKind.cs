namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>How a block ends.</summary>
internal enum IrTerminatorKind
{
    /// <summary>Not yet known (while importing).</summary>
    Open,
    Jump,
    Branch,
    Return,
}
