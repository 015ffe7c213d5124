using System.Numerics;
using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>Two operands of a register's own type, lane by lane: processors have no vector instruction for it.</summary>
internal sealed unsafe class ScalarBinary<TOperation, T>(Slot d, Slot a, Slot b) : Instruction
    where TOperation : struct, IScalarBinary<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        T* to = (T*)(warp.Frame + d.Offset);
        T* first = (T*)(warp.Frame + a.Offset);
        T* second = (T*)(warp.Frame + b.Offset);
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            if ((mask >> lane & 1) != 0)
                to[lane] = TOperation.Apply(first[lane], second[lane]);
        }
    }
}

/// <summary>An operation on two operands of one lane.</summary>
internal interface IScalarBinary<T>
    where T : unmanaged
{
    static abstract T Apply(T a, T b);
}

/// <inheritdoc cref="IntegerMath.Divide{T}"/>
internal readonly struct IntegerQuotient<T> : IScalarBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Apply(T a, T b) => IntegerMath.Divide(a, b);
}

/// <inheritdoc cref="IntegerMath.Remainder{T}"/>
internal readonly struct IntegerRemainder<T> : IScalarBinary<T>
    where T : unmanaged, IBinaryInteger<T>
{
    public static T Apply(T a, T b) => IntegerMath.Remainder(a, b);
}
