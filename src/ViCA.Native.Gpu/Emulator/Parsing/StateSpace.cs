namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>State spaces that hold addressable data (PTX ISA 5.1).</summary>
internal enum StateSpace
{
    Generic,
    Global,
    Const,
    Shared,
    Local,
    Param,
}
