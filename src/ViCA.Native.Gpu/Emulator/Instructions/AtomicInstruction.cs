using System.Numerics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>
/// <c>atom</c> and <c>red</c>, one lane after the other, the lowest first; blocks run on several threads, so each is
/// one compare-and-exchange of this process.
/// </summary>
/// <param name="destination">Gets the old value, or none.</param>
/// <param name="b">First operand.</param>
/// <param name="c">Second operand of <c>cas</c>, or none.</param>
/// <param name="function">The new value from the old one and the operands.</param>
internal sealed unsafe class AtomicInstruction(Slot destination, Slot b, Slot c, LaneFunction function)
    : MemoryInstruction
{
    public override bool IsWrite => true;

    public override bool IsAtomic => true;

    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        ulong* addresses = warp.Scratch;
        Addresses(frame, addresses);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            byte* at = Resolve(warp, lane, addresses[lane]);
            ulong operand = Lanes.Read(frame, b, lane);
            ulong other = Lanes.Read(frame, c, lane);
            ulong old = BytesPerLane switch
            {
                8 => Exchange(warp, (ulong*)at, operand, other),
                4 => Exchange(warp, (uint*)at, operand, other),
                _ => Exchange(warp, (ushort*)at, operand, other),
            };
            if (!destination.IsNone)
                Lanes.Write(frame, destination, lane, old);
        }
    }

    private ulong Exchange<T>(Warp warp, T* at, ulong operand, ulong other)
        where T : unmanaged, IBinaryInteger<T>
    {
        while (true)
        {
            T old = *at;
            T value = T.CreateTruncating(function(ulong.CreateTruncating(old), operand, other));
            if (Interlocked.CompareExchange(ref *at, value, old) != old)
                continue;
            warp.HasEffect |= value != old;
            return ulong.CreateTruncating(old);
        }
    }
}
