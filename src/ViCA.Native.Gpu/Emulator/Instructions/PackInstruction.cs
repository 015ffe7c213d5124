using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>mov</c> between a register and a vector of narrower ones (PTX ISA 9.7.9.4).</summary>
/// <param name="whole">The wide register, of at most 64 bits.</param>
/// <param name="parts">The narrow ones, the lowest bits first; none for <c>_</c>.</param>
/// <param name="partBits">Bits of each part.</param>
/// <param name="unpacks">From the wide register to the parts.</param>
internal sealed unsafe class PackInstruction(Slot whole, Slot[] parts, int partBits, bool unpacks) : Instruction
{
    private readonly Vector256<ulong> _partMask = Vector256.Create(ulong.MaxValue >> (64 - partBits));

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        ulong* values = stackalloc ulong[Lanes.Count];
        ulong* part = stackalloc ulong[Lanes.Count];
        if (unpacks)
            Unpack(warp.Frame, mask, values, part);
        else
            Pack(warp.Frame, mask, values, part);
    }

    private void Pack(byte* frame, uint mask, ulong* values, ulong* part)
    {
        new Span<ulong>(values, Lanes.Count).Clear();
        for (int i = 0; i < parts.Length; i++)
        {
            Lanes.Read(frame, parts[i], part);
            for (int lane = 0; lane < Lanes.Count; lane += Vector256<ulong>.Count)
            {
                Vector256<ulong> bits = (Vector256.Load(part + lane) & _partMask) << (i * partBits);
                (Vector256.Load(values + lane) | bits).Store(values + lane);
            }
        }
        Lanes.Write(frame, whole, mask, values);
    }

    private void Unpack(byte* frame, uint mask, ulong* values, ulong* part)
    {
        Lanes.Read(frame, whole, values);
        for (int i = 0; i < parts.Length; i++)
        {
            for (int lane = 0; lane < Lanes.Count; lane += Vector256<ulong>.Count)
                ((Vector256.Load(values + lane) >> (i * partBits)) & _partMask).Store(part + lane);
            Lanes.Write(frame, parts[i], mask, part);
        }
    }
}
