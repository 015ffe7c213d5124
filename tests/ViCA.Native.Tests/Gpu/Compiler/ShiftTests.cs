namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Shifts: counts beyond the width count modulo the width, as C# says.</summary>
public class ShiftTests : FunctionTests<ShiftTests>
{
    private readonly struct SByteShifts : IFunction<sbyte, int, sbyte>
    {
        public static sbyte Call(sbyte a, int b) => (sbyte)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct SByteConstantShifts : IFunction<sbyte, int, sbyte>
    {
        public static sbyte Call(sbyte a, int b) => (sbyte)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct SByteMasks : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => (sbyte)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct ByteShifts : IFunction<byte, int, byte>
    {
        public static byte Call(byte a, int b) => (byte)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct ByteConstantShifts : IFunction<byte, int, byte>
    {
        public static byte Call(byte a, int b) => (byte)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct ByteMasks : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b) => (byte)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct ShortShifts : IFunction<short, int, short>
    {
        public static short Call(short a, int b) => (short)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct ShortConstantShifts : IFunction<short, int, short>
    {
        public static short Call(short a, int b) => (short)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct ShortMasks : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => (short)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct UShortShifts : IFunction<ushort, int, ushort>
    {
        public static ushort Call(ushort a, int b) => (ushort)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct UShortConstantShifts : IFunction<ushort, int, ushort>
    {
        public static ushort Call(ushort a, int b) => (ushort)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct UShortMasks : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b) => (ushort)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct IntShifts : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct IntConstantShifts : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct IntMasks : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct UIntShifts : IFunction<uint, int, uint>
    {
        public static uint Call(uint a, int b) => (uint)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct UIntConstantShifts : IFunction<uint, int, uint>
    {
        public static uint Call(uint a, int b) => (uint)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct UIntMasks : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b) => (uint)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct LongShifts : IFunction<long, int, long>
    {
        public static long Call(long a, int b) => (long)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct LongConstantShifts : IFunction<long, int, long>
    {
        public static long Call(long a, int b) => (long)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct LongMasks : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => (long)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct ULongShifts : IFunction<ulong, int, ulong>
    {
        public static ulong Call(ulong a, int b) => (ulong)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct ULongConstantShifts : IFunction<ulong, int, ulong>
    {
        public static ulong Call(ulong a, int b) => (ulong)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct ULongMasks : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b) => (ulong)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct NIntShifts : IFunction<nint, int, nint>
    {
        public static nint Call(nint a, int b) => (nint)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct NIntConstantShifts : IFunction<nint, int, nint>
    {
        public static nint Call(nint a, int b) => (nint)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct NIntMasks : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => (nint)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct NUIntShifts : IFunction<nuint, int, nuint>
    {
        public static nuint Call(nuint a, int b) => (nuint)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct NUIntConstantShifts : IFunction<nuint, int, nuint>
    {
        public static nuint Call(nuint a, int b) => (nuint)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct NUIntMasks : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b) => (nuint)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct CharShifts : IFunction<char, int, char>
    {
        public static char Call(char a, int b) => (char)((a << b) ^ (a >> (b + 1)) ^ (a >>> b));
    }

    private readonly struct CharConstantShifts : IFunction<char, int, char>
    {
        public static char Call(char a, int b) => (char)((a << 3) ^ (a >> 5) ^ (a >>> 9) ^ (a << 0) ^ (a >>> 31));
    }

    private readonly struct CharMasks : IFunction<char, char, char>
    {
        public static char Call(char a, char b) => (char)(((a >>> 4) << 4) | ((b & 0x70) & 0x3F));
    }

    private readonly struct LongByConstant : IFunction<long, int, long>
    {
        public static long Call(long a, int b) => (a << 33) ^ (a >> 40) ^ (a >>> 63) ^ (a << b);
    }
}
