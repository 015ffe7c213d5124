using System.Diagnostics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>Reads a clock into all lanes (PTX ISA 10: <c>%clock</c>, <c>%globaltimer</c> and their halves).</summary>
internal sealed unsafe class ClockInstruction(Slot destination, SpecialRegister register) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        warp.HasEffect = true;
        long ticks = Stopwatch.GetTimestamp();
        ulong nanoseconds = (ulong)(ticks * (1_000_000_000.0 / Stopwatch.Frequency));
        ulong value = register switch
        {
            SpecialRegister.ClockHigh => (ulong)ticks >> 32,
            SpecialRegister.GlobalTimer or SpecialRegister.GlobalTimerLow => nanoseconds,
            SpecialRegister.GlobalTimerHigh => nanoseconds >> 32,
            _ => (ulong)ticks,
        };
        for (uint rest = mask; rest != 0; rest &= rest - 1)
            Lanes.Write(warp.Frame, destination, (int)uint.TrailingZeroCount(rest), value);
    }
}
