namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>A function, executable.</summary>
internal sealed class FunctionCode(string name)
{
    public string Name => name;

    /// <summary>In an order where blocks that others wait for come last (see the decoder); ends with a return.</summary>
    public Instruction[] Code { get; set; } = [];

    /// <summary>Bytes of a frame, a multiple of 64.</summary>
    public int FrameBytes { get; set; }

    /// <summary>Bytes at the frame's start that hold registers; the rest is filled once.</summary>
    public int RegisterBytes { get; set; }

    /// <summary>Immediate operands.</summary>
    public List<(Slot Slot, ulong Value)> Constants { get; } = [];

    /// <summary>Special registers and addresses that depend on thread, block or activation.</summary>
    public List<(Slot Slot, SpecialRegister Register, long Offset)> Specials { get; } = [];

    /// <summary>Bytes of local memory per lane and activation.</summary>
    public int LocalBytes { get; set; }

    /// <summary>Where the lanes' parameter memory starts in the frame (results first, then parameters, then those of
    /// its calls), each lane's bytes together.</summary>
    public int ParamOffset { get; set; }

    /// <summary>Bytes of parameter memory per lane.</summary>
    public int ParamStride { get; set; }

    public IReadOnlyList<CallInstruction.Argument> Parameters { get; set; } = [];

    public IReadOnlyList<CallInstruction.Argument> Results { get; set; } = [];
}
