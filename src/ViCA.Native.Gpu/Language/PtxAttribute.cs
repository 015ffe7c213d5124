namespace ViCA.Native.Gpu.Language;

/// <summary>
/// The row of an intrinsic: the PTX that a call becomes. <c>{0}</c> is the result, <c>{1}</c>, <c>{2}</c>, … are the
/// arguments. Emission, verification and the documentation page all read this row; the emulator runs the text.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PtxAttribute(string template) : Attribute
{
    /// <summary>The instruction, without its closing semicolon.</summary>
    public string Template { get; } = template;

    /// <summary>What the instruction does besides computing its result.</summary>
    public PtxEffect Effect { get; init; }

    /// <summary>Lowest <c>.version</c> that knows the instruction (ten times the number); 0 means that of the target.</summary>
    public int Version { get; init; }

    /// <summary>Lowest target that has the instruction.</summary>
    public GpuTarget Target { get; init; }

    /// <summary>Number (from 1) of an argument that must be a constant, 0 when there is none.</summary>
    public int Immediate { get; init; }
}
