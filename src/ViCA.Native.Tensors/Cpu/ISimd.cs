namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// A vector width that the CPU paths are compiled for. <typeparamref name="TVector"/> is `Vector512` or `Vector256` of
/// float, so the generic code becomes plain vector instructions; the integer forms of 16-bit elements are widened here.
/// </summary>
internal unsafe interface ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats in one vector.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of one packed panel of the left operand of the matrix kernel.</summary>
    static abstract int PanelRows { get; }

    /// <summary>Columns of one packed panel of the right operand of the matrix kernel.</summary>
    static abstract int PanelColumns { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Broadcast(float value);

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector LoadBFloat16(ushort* source);

    /// <summary>Rounds to nearest even; NaN stays NaN.</summary>
    static abstract void StoreBFloat16(TVector value, ushort* destination);

    static abstract TVector LoadHalf(ushort* source);

    /// <summary>Loads 2 · <see cref="Count"/> bf16 numbers: those at even places, and those at odd places.</summary>
    static abstract void LoadBFloat16Pairs(ushort* source, out TVector even, out TVector odd);

    /// <summary>Rounds each float to the nearest bf16, as a float; NaNs that arithmetic makes stay NaN.</summary>
    static abstract TVector RoundToBFloat16(TVector value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a · b + c, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector Abs(TVector a);

    static abstract TVector Negate(TVector a);

    /// <summary>The magnitude of the first with the sign of the second.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);

    /// <summary>a where x &lt; limit, else b.</summary>
    static abstract TVector SelectLess(TVector x, TVector limit, TVector a, TVector b);

    /// <summary>x · 2^n for n that is integral, in -127 … 127; n = -127 gives 0 for normal x.</summary>
    static abstract TVector ScaleByPowerOfTwo(TVector x, TVector n);

    static abstract TVector Round(TVector a);

    static abstract float Sum(TVector a);
}
