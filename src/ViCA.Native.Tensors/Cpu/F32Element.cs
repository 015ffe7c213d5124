using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>float32 in memory.</summary>
internal readonly unsafe struct F32Element : IElement
{
    public static DType DType => DType.F32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TSimd, TVector>(nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Load((float*)address + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TSimd, TVector>(TVector value, nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Store(value, (float*)address + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Round<TSimd, TVector>(TVector value)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadScalar(nint address, nint index) => ((float*)address)[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreScalar(float value, nint address, nint index) => ((float*)address)[index] = value;
}
