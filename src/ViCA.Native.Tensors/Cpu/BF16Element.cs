using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>bfloat16 in memory, rounded to nearest even when stored.</summary>
internal readonly unsafe struct BF16Element : IElement
{
    public static DType DType => DType.BF16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TSimd, TVector>(nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.LoadBFloat16((ushort*)address + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TSimd, TVector>(TVector value, nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.StoreBFloat16(value, (ushort*)address + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Round<TSimd, TVector>(TVector value)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.RoundToBFloat16(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadScalar(nint address, nint index) => ((BFloat16*)address)[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreScalar(float value, nint address, nint index) =>
        ((BFloat16*)address)[index] = (BFloat16)value;
}
