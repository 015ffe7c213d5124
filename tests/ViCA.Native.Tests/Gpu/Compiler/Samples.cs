using System.Runtime.InteropServices;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Values of each scalar type at which its operations change their ways.</summary>
internal static class Samples
{
    private static readonly long[] Integers =
    [
        0, 1, -1, 2, 3, 7, 8, 31, 32, 33, 63, 64, 100, 127, 128, -128, -129, 255, 256, 32767, -32768, 65535, 65536,
        0x1234_5678, int.MaxValue, int.MinValue, 0x1_0000_0001, 0x1234_5678_9ABC_DEF0, long.MaxValue, long.MinValue,
    ];

    private static readonly double[] Reals =
    [
        0, -0.0, 1, -1, 0.5, 1.5, 2.5, -2.5, 0.1, -3.75, 1e-40, 1e-310, 1.17549435e-38, 123456.789, -1e9, 2147483520,
        16777217, 3.4e38, -1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    public static T[] Of<T>()
        where T : unmanaged
    {
        T[] values = typeof(T) switch
        {
            _ when typeof(T) == typeof(bool) => Cast<T>(new[] { false, true }),
            _ when typeof(T) == typeof(sbyte) => Cast<T>(Integers.Select(value => (sbyte)value)),
            _ when typeof(T) == typeof(byte) => Cast<T>(Integers.Select(value => (byte)value)),
            _ when typeof(T) == typeof(short) => Cast<T>(Integers.Select(value => (short)value)),
            _ when typeof(T) == typeof(ushort) => Cast<T>(Integers.Select(value => (ushort)value)),
            _ when typeof(T) == typeof(char) => Cast<T>(Integers.Select(value => (char)value)),
            _ when typeof(T) == typeof(int) => Cast<T>(Integers.Select(value => (int)value)),
            _ when typeof(T) == typeof(uint) => Cast<T>(Integers.Select(value => (uint)value)),
            _ when typeof(T) == typeof(long) => Cast<T>(Integers),
            _ when typeof(T) == typeof(ulong) => Cast<T>(Integers.Select(value => (ulong)value)),
            _ when typeof(T) == typeof(nint) => Cast<T>(Integers.Select(value => (nint)value)),
            _ when typeof(T) == typeof(nuint) => Cast<T>(Integers.Select(value => (nuint)value)),
            _ when typeof(T) == typeof(float) => Cast<T>(Reals.Select(value => (float)value)),
            _ => Cast<T>(Reals),
        };
        return [.. values.DistinctBy(Bits)];
    }

    /// <summary>The value as bytes, with one NaN for all.</summary>
    public static byte[] Canonical<T>(T value)
        where T : unmanaged => value switch
        {
            float f when float.IsNaN(f) => BitConverter.GetBytes(0x7FFF_FFFF),
            double d when double.IsNaN(d) => BitConverter.GetBytes(0x7FFF_FFFF_FFFF_FFFF),
            _ => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray(),
        };

    private static string Bits<T>(T value)
        where T : unmanaged => Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private static T[] Cast<T>(System.Collections.IEnumerable values) => [.. values.Cast<T>()];
}
