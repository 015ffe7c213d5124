using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>cvt</c> between integers in 32-bit registers: read by one type, kept as another.</summary>
internal sealed unsafe class ExtendInstruction(
    Slot d,
    Slot a,
    int fromBits,
    bool fromSigned,
    int toBits,
    bool toSigned) : Instruction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* from = warp.Frame + a.Offset;
        byte* to = warp.Frame + d.Offset;
        for (int i = 0; i < sizeof(uint); i++)
        {
            Vector256<uint> value = Vector256.Load((uint*)(from + (32 * i)));
            Lanes.Store(to, i, mask, Extend(Extend(value, fromBits, fromSigned), toBits, toSigned));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Extend(Vector256<uint> value, int bits, bool isSigned)
    {
        Vector256<uint> high = value << (32 - bits);
        return isSigned ? (high.AsInt32() >> (32 - bits)).AsUInt32() : high >> (32 - bits);
    }
}
