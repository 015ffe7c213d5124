namespace ViCA.Native.Tensors.Cpu;

/// <summary>A function of one or two numbers, applied to every element; a function of one ignores the second.</summary>
internal interface IElementwiseOperator
{
    static abstract TVector Invoke<TSimd, TVector, TElement>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TElement : struct, IElement;
}
