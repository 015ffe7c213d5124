using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Common forms of instructions: one destination and one to three sources.</summary>
internal static class LaneBuilder
{
    public static Instruction Unary(DecodeContext x, PtxType from, Func<ulong, ulong> function)
    {
        Slot a = x.Read(1, from);
        return new LaneInstruction(x.Write(0), a, Slot.None, Slot.None, (value, _, _) => function(value));
    }

    public static Instruction Binary(DecodeContext x, PtxType type, Func<ulong, ulong, ulong> function)
    {
        Slot a = x.Read(1, type);
        Slot b = x.Read(2, type);
        return new LaneInstruction(x.Write(0), a, b, Slot.None, (left, right, _) => function(left, right));
    }

    public static Instruction Ternary(DecodeContext x, PtxType ab, PtxType c, LaneFunction function)
    {
        Slot first = x.Read(1, ab);
        Slot second = x.Read(2, ab);
        Slot third = x.Read(3, c);
        return new LaneInstruction(x.Write(0), first, second, third, function);
    }

    public static Instruction ScalarBinary<TOperation, T>(DecodeContext x)
        where TOperation : struct, IScalarBinary<T>
        where T : unmanaged
    {
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, x.Type);
        Slot d = x.Write(0);
        x.RequireBytes(Unsafe.SizeOf<T>(), d, a, b);
        return new ScalarBinary<TOperation, T>(d, a, b);
    }

    public static Instruction VectorUnary<TOperation, T>(DecodeContext x)
        where TOperation : struct, IVectorUnary<T>
        where T : unmanaged
    {
        Slot a = x.Read(1, x.Type);
        Slot d = x.Write(0);
        x.RequireBytes(Unsafe.SizeOf<T>(), d, a);
        return new VectorUnary<TOperation, T>(d, a);
    }

    public static Instruction VectorBinary<TOperation, T>(DecodeContext x)
        where TOperation : struct, IVectorBinary<T>
        where T : unmanaged
    {
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, x.Type);
        Slot d = x.Write(0);
        x.RequireBytes(Unsafe.SizeOf<T>(), d, a, b);
        return new VectorBinary<TOperation, T>(d, a, b);
    }

    public static Instruction VectorTernary<TOperation, T>(DecodeContext x)
        where TOperation : struct, IVectorTernary<T>
        where T : unmanaged
    {
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, x.Type);
        Slot c = x.Read(3, x.Type);
        Slot d = x.Write(0);
        x.RequireBytes(Unsafe.SizeOf<T>(), d, a, b, c);
        return new VectorTernary<TOperation, T>(d, a, b, c);
    }

    /// <summary>An f32 operation with or without <c>.ftz</c>.</summary>
    public static Instruction FloatUnary<TOperation>(DecodeContext x, bool flush)
        where TOperation : struct, IVectorUnary<float> =>
        flush ? VectorUnary<VectorFloats.Flushed<TOperation>, float>(x) : VectorUnary<TOperation, float>(x);

    /// <inheritdoc cref="FloatUnary{TOperation}"/>
    public static Instruction FloatBinary<TOperation>(DecodeContext x, bool flush)
        where TOperation : struct, IVectorBinary<float> =>
        flush ? VectorBinary<VectorFloats.FlushedBinary<TOperation>, float>(x) : VectorBinary<TOperation, float>(x);

    /// <summary>The low bits of a register as an integer of the type, extended to 64.</summary>
    public static ulong Extend(ulong bits, PtxType type) => Conversion.Extend(bits, type.Bits(), type.IsSigned());

    /// <summary>The low bits that a result of the type has.</summary>
    public static ulong Cut(ulong bits, PtxType type) => type.Bits() >= 64 ? bits : bits & ((1UL << type.Bits()) - 1);
}
