namespace ViCA.Native.Gpu.Compiler.IL;

/// <summary>A natural loop.</summary>
internal sealed class ILLoop(ILBlock header)
{
    public ILBlock Header { get; } = header;

    public HashSet<ILBlock> Blocks { get; } = [header];

    public ILLoop? Parent { get; set; }

    /// <summary>Locals and arguments (these as −1 − index) that some instruction of the loop stores to.</summary>
    public HashSet<int> Assigned { get; } = [];
}
