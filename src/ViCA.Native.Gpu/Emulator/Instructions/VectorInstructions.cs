using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>One operand, all lanes at a time.</summary>
internal sealed unsafe class VectorUnary<TOperation, T>(Slot d, Slot a) : Instruction
    where TOperation : struct, IVectorUnary<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* to = warp.Frame + d.Offset;
        byte* from = warp.Frame + a.Offset;
        for (int i = 0; i < sizeof(T); i++)
            Lanes.Store(to, i, mask, TOperation.Apply(Vector256.Load((T*)(from + (32 * i)))));
    }
}

/// <summary>Two operands, all lanes at a time.</summary>
internal sealed unsafe class VectorBinary<TOperation, T>(Slot d, Slot a, Slot b) : Instruction
    where TOperation : struct, IVectorBinary<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        byte* to = frame + d.Offset;
        byte* first = frame + a.Offset;
        byte* second = frame + b.Offset;
        for (int i = 0; i < sizeof(T); i++)
        {
            Vector256<T> left = Vector256.Load((T*)(first + (32 * i)));
            Lanes.Store(to, i, mask, TOperation.Apply(left, Vector256.Load((T*)(second + (32 * i)))));
        }
    }
}

/// <summary>Three operands, all lanes at a time.</summary>
internal sealed unsafe class VectorTernary<TOperation, T>(Slot d, Slot a, Slot b, Slot c) : Instruction
    where TOperation : struct, IVectorTernary<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        byte* to = frame + d.Offset;
        byte* first = frame + a.Offset;
        byte* second = frame + b.Offset;
        byte* third = frame + c.Offset;
        for (int i = 0; i < sizeof(T); i++)
        {
            Vector256<T> x = Vector256.Load((T*)(first + (32 * i)));
            Vector256<T> y = Vector256.Load((T*)(second + (32 * i)));
            Lanes.Store(to, i, mask, TOperation.Apply(x, y, Vector256.Load((T*)(third + (32 * i)))));
        }
    }
}

/// <summary><c>setp</c> without a second destination or operator.</summary>
internal sealed unsafe class VectorCompare<TOperation, T>(Slot d, Slot a, Slot b) : Instruction
    where TOperation : struct, IVectorBinary<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        byte* first = frame + a.Offset;
        byte* second = frame + b.Offset;
        uint result = 0;
        for (int i = 0; i < sizeof(T); i++)
        {
            Vector256<T> left = Vector256.Load((T*)(first + (32 * i)));
            Vector256<T> compared = TOperation.Apply(left, Vector256.Load((T*)(second + (32 * i))));
            result |= Vector256.ExtractMostSignificantBits(compared) << (32 / sizeof(T) * i);
        }
        Lanes.WritePredicate(frame, d, mask, result);
    }
}

/// <summary><c>selp</c>.</summary>
internal sealed unsafe class VectorSelect<T>(Slot d, Slot a, Slot b, Slot p, bool isNegated) : Instruction
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        uint predicate = *(uint*)(frame + p.Offset) ^ (isNegated ? Lanes.All : 0);
        for (int i = 0; i < sizeof(T); i++)
        {
            Vector256<T> x = Vector256.Load((T*)(frame + a.Offset + (32 * i)));
            Vector256<T> y = Vector256.Load((T*)(frame + b.Offset + (32 * i)));
            Vector256<T> chosen = Vector256.ConditionalSelect(Lanes.Expand<T>(predicate, i), x, y);
            Lanes.Store(frame + d.Offset, i, mask, chosen);
        }
    }
}

/// <summary>32 bits to 64: a conversion, <c>mul.wide</c>, or <c>mad.wide</c>.</summary>
internal sealed unsafe class WideInstruction(Slot d, Slot a, Slot b, Slot c, bool isSigned) : Instruction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        for (int i = 0; i < 4; i++)
        {
            (Vector256<ulong> low, Vector256<ulong> high) = Widen(frame + a.Offset + (32 * i));
            if (!b.IsNone)
            {
                (Vector256<ulong> otherLow, Vector256<ulong> otherHigh) = Widen(frame + b.Offset + (32 * i));
                low = Multiply(low, otherLow);
                high = Multiply(high, otherHigh);
            }
            if (!c.IsNone)
            {
                low += Vector256.Load((ulong*)(frame + c.Offset + (64 * i)));
                high += Vector256.Load((ulong*)(frame + c.Offset + (64 * i) + 32));
            }
            Lanes.Store(frame + d.Offset, 2 * i, mask, low);
            Lanes.Store(frame + d.Offset, (2 * i) + 1, mask, high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<ulong> Low, Vector256<ulong> High) Widen(byte* source)
    {
        Vector256<uint> value = Vector256.Load((uint*)source);
        return isSigned
            ? (Vector256.WidenLower(value.AsInt32()).AsUInt64(), Vector256.WidenUpper(value.AsInt32()).AsUInt64())
            : (Vector256.WidenLower(value), Vector256.WidenUpper(value));
    }

    /// <summary>The product of two widened vectors: AVX2 multiplies 32 bits to 64 at once, 64 bits only in steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ulong> Multiply(Vector256<ulong> x, Vector256<ulong> y)
    {
        if (!Avx2.IsSupported)
            return x * y;
        return isSigned
            ? Avx2.Multiply(x.AsInt32(), y.AsInt32()).AsUInt64()
            : Avx2.Multiply(x.AsUInt32(), y.AsUInt32());
    }
}

/// <summary>64 bits cut to 32.</summary>
internal sealed unsafe class NarrowInstruction(Slot d, Slot a) : Instruction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        for (int i = 0; i < 4; i++)
        {
            Vector256<ulong> low = Vector256.Load((ulong*)(frame + a.Offset + (64 * i)));
            Vector256<ulong> high = Vector256.Load((ulong*)(frame + a.Offset + (64 * i) + 32));
            Lanes.Store(frame + d.Offset, i, mask, Vector256.Narrow(low, high));
        }
    }
}
