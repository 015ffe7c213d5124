namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>One call of a function by some lanes of a warp, with its frame.</summary>
internal sealed unsafe class Activation(FunctionCode function, byte* frame, Activation? caller, int callIndex)
{
    private static long _created;

    public FunctionCode Function => function;

    public byte* Frame => frame;

    /// <summary>Null for the kernel itself.</summary>
    public Activation? Caller => caller;

    /// <summary>Index of the call in the caller's code.</summary>
    public int CallIndex => callIndex;

    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>Lanes that have not come back yet.</summary>
    public uint Lanes { get; set; }

    /// <summary>First byte of its local memory.</summary>
    public int LocalBase { get; init; }

    /// <summary>Tells activations of one call apart.</summary>
    public long Serial { get; } = Interlocked.Increment(ref _created);
}
