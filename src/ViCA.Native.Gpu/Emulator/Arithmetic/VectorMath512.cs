using System.Runtime.Intrinsics;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// The instructions of softmax and normalisation on 16 lanes at once; every lane has the bits that the scalar
/// functions give.
/// </summary>
internal static class VectorMath512
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>2^x in each lane, as <see cref="ApproximateMath.Exp2(uint, bool)"/>.</summary>
    public static Vector512<float> Exp2(Vector512<float> x, bool flush)
    {
        Vector512<float> operand = flush ? Flush(x) : x;
        Vector512<float> shift = Vector512.Create(Exp2Polynomial.RoundingShift);
        Vector512<float> clamped = Vector512.MaxNative(operand, Vector512.Create(Exp2Polynomial.Lowest));
        clamped = Vector512.MinNative(clamped, Vector512.Create(Exp2Polynomial.Highest));
        Vector512<float> shifted = clamped + shift;
        Vector512<int> exponent = shifted.AsInt32() - shift.AsInt32();
        Vector512<float> f = clamped - (shifted - shift);

        Vector512<float> p = Vector512.FusedMultiplyAdd(
            Vector512.Create(Exp2Polynomial.C6), f, Vector512.Create(Exp2Polynomial.C5));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C4));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C3));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C2));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C1));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512<float>.One);

        Vector512<int> half = exponent >> 1;
        Vector512<int> bias = Vector512.Create(127);
        Vector512<float> result = p * ((half + bias) << 23).AsSingle() * ((exponent - half + bias) << 23).AsSingle();
        return Finish(Vector512.ConditionalSelect(Vector512.Equals(x, x), result, x), flush);
    }

    /// <summary>1 / x in each lane, as <see cref="ApproximateMath.Reciprocal(uint, bool)"/>.</summary>
    public static Vector512<float> Reciprocal(Vector512<float> x, bool flush) =>
        Finish(Vector512<float>.One / (flush ? Flush(x) : x), flush);

    /// <summary>1 / √x in each lane, as <see cref="ApproximateMath.ReciprocalSqrt(uint, bool)"/>.</summary>
    public static Vector512<float> ReciprocalSqrt(Vector512<float> x, bool flush) =>
        Finish(Vector512<float>.One / Vector512.Sqrt(flush ? Flush(x) : x), flush);

    /// <summary><c>cvt.f32.bf16</c>: the low halves of the lanes as f32.</summary>
    public static Vector512<float> WidenBFloat16(Vector512<uint> bits) => (bits << 16).AsSingle();

    /// <summary><c>cvt.rn.bf16.f32</c>: the lanes as bf16 in their low halves, the upper halves zero.</summary>
    public static Vector512<uint> NarrowToBFloat16(Vector512<float> x)
    {
        Vector512<uint> bits = x.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(0x7fffu) + ((bits >> 16) & Vector512<uint>.One)) >> 16;
        return Vector512.ConditionalSelect(Vector512.Equals(x, x).AsUInt32(), rounded, Vector512.Create(0x7fffu));
    }

    /// <summary><c>cvt.rn.bf16x2.f32 d, a, b</c>: a goes to the upper halves.</summary>
    public static Vector512<uint> NarrowToBFloat16x2(Vector512<float> a, Vector512<float> b) =>
        (NarrowToBFloat16(a) << 16) | NarrowToBFloat16(b);

    /// <summary><c>.ftz</c> in each lane.</summary>
    public static Vector512<float> Flush(Vector512<float> x)
    {
        Vector512<float> isDenormal = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(SmallestNormal));
        return Vector512.ConditionalSelect(isDenormal, x & Vector512.Create(-0f), x);
    }

    private static Vector512<float> Finish(Vector512<float> result, bool flush)
    {
        Vector512<float> numbers = Vector512.Equals(result, result);
        Vector512<float> canonical = Vector512.ConditionalSelect(
            numbers, result, Vector512.Create(FloatBits.CanonicalNaN).AsSingle());
        return flush ? Flush(canonical) : canonical;
    }
}
