using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>float16 in memory: weights of a checkpoint, never written.</summary>
internal readonly unsafe struct F16Element : IElement
{
    public static DType DType => DType.F16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TSimd, TVector>(nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.LoadHalf((ushort*)address + index);

    public static void Store<TSimd, TVector>(TVector value, nint address, nint index)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => throw new InvalidOperationException("float16 tensors are read only");

    public static TVector Round<TSimd, TVector>(TVector value)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => throw new InvalidOperationException("float16 tensors are read only");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadScalar(nint address, nint index) => (float)((Half*)address)[index];

    public static void StoreScalar(float value, nint address, nint index) =>
        throw new InvalidOperationException("float16 tensors are read only");
}
