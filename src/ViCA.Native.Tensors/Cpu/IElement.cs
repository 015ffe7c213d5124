namespace ViCA.Native.Tensors.Cpu;

/// <summary>An element type in memory; arithmetic is always float.</summary>
internal unsafe interface IElement
{
    static abstract DType DType { get; }

    /// <summary>Elements index, index + 1, … of the array at <paramref name="address"/>.</summary>
    static abstract TVector Load<TSimd, TVector>(nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;

    static abstract void Store<TSimd, TVector>(TVector value, nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;

    /// <summary>The value that a store and a load would give.</summary>
    static abstract TVector Round<TSimd, TVector>(TVector value)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;

    static abstract float LoadScalar(nint address, nint index);

    static abstract void StoreScalar(float value, nint address, nint index);
}
