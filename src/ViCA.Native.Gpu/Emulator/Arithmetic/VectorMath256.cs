using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// The instructions of softmax and normalisation on 8 lanes at once; every lane has the bits that the scalar
/// functions give.
/// </summary>
internal static class VectorMath256
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>2^x in each lane, as <see cref="ApproximateMath.Exp2(uint, bool)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp2(Vector256<float> x, bool flush)
    {
        Vector256<float> operand = flush ? Flush(x) : x;
        Vector256<float> shift = Vector256.Create(Exp2Polynomial.RoundingShift);
        Vector256<float> clamped = Vector256.MaxNative(operand, Vector256.Create(Exp2Polynomial.Lowest));
        clamped = Vector256.MinNative(clamped, Vector256.Create(Exp2Polynomial.Highest));
        Vector256<float> shifted = clamped + shift;
        Vector256<int> exponent = shifted.AsInt32() - shift.AsInt32();
        Vector256<float> f = clamped - (shifted - shift);

        Vector256<float> p = Vector256.FusedMultiplyAdd(
            Vector256.Create(Exp2Polynomial.C6), f, Vector256.Create(Exp2Polynomial.C5));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C4));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C3));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C2));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C1));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256<float>.One);

        Vector256<int> half = exponent >> 1;
        Vector256<int> bias = Vector256.Create(127);
        Vector256<float> result = p * ((half + bias) << 23).AsSingle() * ((exponent - half + bias) << 23).AsSingle();
        return Finish(Vector256.ConditionalSelect(Vector256.Equals(x, x), result, x), flush);
    }

    /// <summary>1 / x in each lane, as <see cref="ApproximateMath.Reciprocal(uint, bool)"/>.</summary>
    public static Vector256<float> Reciprocal(Vector256<float> x, bool flush) =>
        Finish(Vector256<float>.One / (flush ? Flush(x) : x), flush);

    /// <summary>1 / √x in each lane, as <see cref="ApproximateMath.ReciprocalSqrt(uint, bool)"/>.</summary>
    public static Vector256<float> ReciprocalSqrt(Vector256<float> x, bool flush) =>
        Finish(Vector256<float>.One / Vector256.Sqrt(flush ? Flush(x) : x), flush);

    /// <summary><c>cvt.f32.bf16</c>: the low halves of the lanes as f32.</summary>
    public static Vector256<float> WidenBFloat16(Vector256<uint> bits) => (bits << 16).AsSingle();

    /// <summary><c>cvt.rn.bf16.f32</c>: the lanes as bf16 in their low halves, the upper halves zero.</summary>
    public static Vector256<uint> NarrowToBFloat16(Vector256<float> x)
    {
        Vector256<uint> bits = x.AsUInt32();
        Vector256<uint> rounded = (bits + Vector256.Create(0x7fffu) + ((bits >> 16) & Vector256<uint>.One)) >> 16;
        return Vector256.ConditionalSelect(Vector256.Equals(x, x).AsUInt32(), rounded, Vector256.Create(0x7fffu));
    }

    /// <summary><c>cvt.rn.bf16x2.f32 d, a, b</c>: a goes to the upper halves.</summary>
    public static Vector256<uint> NarrowToBFloat16x2(Vector256<float> a, Vector256<float> b) =>
        (NarrowToBFloat16(a) << 16) | NarrowToBFloat16(b);

    /// <summary><c>.ftz</c> in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Flush(Vector256<float> x)
    {
        Vector256<float> isDenormal = Vector256.LessThan(Vector256.Abs(x), Vector256.Create(SmallestNormal));
        return Vector256.ConditionalSelect(isDenormal, x & Vector256.Create(-0f), x);
    }

    /// <summary>Each NaN becomes <see cref="FloatBits.CanonicalNaN"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Canonical(Vector256<float> x) => Vector256.ConditionalSelect(
        Vector256.Equals(x, x), x, Vector256.Create(FloatBits.CanonicalNaN).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Finish(Vector256<float> result, bool flush) =>
        flush ? Flush(Canonical(result)) : Canonical(result);
}
