using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>Logic on predicates, all lanes in one word.</summary>
internal sealed unsafe class PredicateInstruction(Slot d, Slot a, Slot b, Func<uint, uint, uint> function) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        uint x = *(uint*)(frame + a.Offset);
        uint y = b.IsNone ? 0 : *(uint*)(frame + b.Offset);
        Lanes.WritePredicate(frame, d, mask, function(x, y));
    }
}
