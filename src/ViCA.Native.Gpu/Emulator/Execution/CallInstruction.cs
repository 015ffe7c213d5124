namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// <c>call</c>, direct or through an address (PTX ISA 9.7.12.5). Arguments and results go through the lanes' parameter
/// memory, or from register to register.
/// </summary>
internal sealed unsafe class CallInstruction(
    FunctionCode? target,
    Slot address,
    IReadOnlyList<CallInstruction.Argument> arguments,
    IReadOnlyList<CallInstruction.Argument> results) : Instruction
{
    /// <summary>One argument or result.</summary>
    /// <param name="Register">A register (or immediate) of the caller, or none.</param>
    /// <param name="Offset">Else: offset in the caller's parameter memory.</param>
    /// <param name="Bytes">Its size.</param>
    internal readonly record struct Argument(Slot Register, int Offset, int Bytes);

    /// <summary>Through an address.</summary>
    public bool IsIndirect => target is null;

    public override void Execute(Warp warp, uint mask)
    {
        if (target is not null)
        {
            warp.Call(this, target, mask);
            return;
        }
        ulong first = Lanes.Read(warp.Frame, address, int.TrailingZeroCount((int)mask));
        uint same = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            same |= Lanes.Read(warp.Frame, address, lane) == first ? 1u << lane : 0;
        }
        if (same != mask)
            warp.Fork(mask & ~same, warp.Pc - 1);
        warp.Call(this, Find(warp, first), same);
    }

    /// <summary>Copies arguments from the caller's frame into that of the activation.</summary>
    public void PassArguments(byte* caller, Activation callee, uint mask)
    {
        FunctionCode function = callee.Function;
        for (int i = 0; i < arguments.Count && i < function.Parameters.Count; i++)
            Copy(caller, arguments[i], callee.Frame, function.Parameters[i], callee, mask, toCallee: true);
    }

    /// <summary>Copies results from the frame of the activation to the caller's.</summary>
    public void TakeResults(byte* caller, Activation callee, uint mask)
    {
        FunctionCode function = callee.Function;
        for (int i = 0; i < results.Count && i < function.Results.Count; i++)
            Copy(caller, results[i], callee.Frame, function.Results[i], callee, mask, toCallee: false);
    }

    private static void Copy(
        byte* callerFrame,
        Argument outer,
        byte* calleeFrame,
        Argument inner,
        Activation callee,
        uint mask,
        bool toCallee)
    {
        FunctionCode caller = callee.Caller!.Function;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            byte* outside = At(callerFrame, caller, outer, lane);
            byte* inside = At(calleeFrame, callee.Function, inner, lane);
            int bytes = Math.Min(outer.Bytes, inner.Bytes);
            Buffer.MemoryCopy(toCallee ? outside : inside, toCallee ? inside : outside, bytes, bytes);
        }
    }

    private static byte* At(byte* frame, FunctionCode function, Argument argument, int lane) => argument.Register.IsNone
        ? frame + function.ParamOffset + (lane * function.ParamStride) + argument.Offset
        : frame + argument.Register.Offset + (lane * argument.Register.Size);

    private FunctionCode Find(Warp warp, ulong pointer)
    {
        IReadOnlyList<FunctionCode> table = warp.Block.Launch.FunctionTable;
        ulong index = (pointer & AddressWindows.OffsetMask) / 16;
        if (pointer >> 56 == AddressWindows.Function >> 56 && index < (ulong)table.Count)
            return table[(int)index];
        throw new EmulatorFault(Finding(FindingKinds.InvalidCall, $"0x{pointer:x} is not the address of a function"));
    }
}
