using System.Runtime.Intrinsics;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>cvt</c> between f32 and 32-bit integers.</summary>
internal static class VectorConversions
{
    /// <summary><c>cvt.rn.f32.s32</c>.</summary>
    internal readonly struct SignedToSingle : IVectorUnary<int>
    {
        public static Vector256<int> Apply(Vector256<int> a) => Vector256.ConvertToSingle(a).AsInt32();
    }

    /// <summary><c>cvt.rn.f32.u32</c>.</summary>
    internal readonly struct UnsignedToSingle : IVectorUnary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a) => Vector256.ConvertToSingle(a).AsUInt32();
    }

    /// <summary><c>cvt.rzi.s32.f32</c>: clamped, NaN gives 0.</summary>
    internal readonly struct SingleToSigned : IVectorUnary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a) => Vector256.ConvertToInt32(a).AsSingle();
    }

    /// <summary><c>cvt.rzi.u32.f32</c>: clamped, NaN gives 0.</summary>
    internal readonly struct SingleToUnsigned : IVectorUnary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a) => Vector256.ConvertToUInt32(a).AsSingle();
    }
}
