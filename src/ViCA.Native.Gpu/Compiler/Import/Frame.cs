using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>One inlined call: a method, its variables and where it was called from.</summary>
internal sealed class Frame(ILMethod method, Frame? caller, SourceLocation? callSite)
{
    public ILMethod Method { get; } = method;

    public Frame? Caller { get; } = caller;

    public SourceLocation? CallSite { get; } = callSite;

    public Slot[] Locals { get; set; } = [];

    public Slot[] Arguments { get; set; } = [];

    /// <summary>Where the result lies; null for void.</summary>
    public Slot? Result { get; set; }

    /// <summary>Open ends of blocks that return.</summary>
    public List<Edge> Returns { get; } = [];

    /// <summary>The variables that carry the stack into a block of IL.</summary>
    public Dictionary<ILBlock, Slot[]> StackOnEntry { get; } = [];
}

/// <summary>The way from a block to one that does not exist yet: which successor it will be, or −1 for its only one.</summary>
internal readonly record struct Edge(IrBlock From, int Successor);
