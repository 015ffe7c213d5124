using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Language;

/// <summary>
/// Conversions that are generic over the element type of a tensor (float, <see cref="BFloat16"/>). They run on the host
/// too.
/// </summary>
public static class Element
{
    /// <summary>The value as float32, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToFloat<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(BFloat16))
            return Unsafe.BitCast<T, BFloat16>(value);
        return Unsafe.BitCast<T, float>(value);
    }

    /// <summary>The value in <typeparamref name="T"/>, rounded to nearest, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromFloat<T>(float value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(BFloat16))
            return Unsafe.BitCast<BFloat16, T>((BFloat16)value);
        return Unsafe.BitCast<float, T>(value);
    }

    /// <summary>The value rounded to <typeparamref name="T"/> and widened again: where the reference rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round<T>(float value)
        where T : unmanaged => ToFloat(FromFloat<T>(value));
}
