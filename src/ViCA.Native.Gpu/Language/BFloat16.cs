using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Language;

/// <summary>
/// A bfloat16 number: the upper 16 bits of a float32. Conversion from float rounds to nearest, ties to even, and keeps
/// NaN a (quiet) NaN; conversion to float is exact.
/// </summary>
public readonly record struct BFloat16(ushort Bits)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [Builtin(Builtin.BFloat16FromFloat)]
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if ((bits & 0x7FFFFFFF) > 0x7F800000)
            return new BFloat16((ushort)((bits >> 16) | 0x0040));
        return new BFloat16((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    public override string ToString() => ((float)this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
