namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Conversions among integers and floats.</summary>
public class ConversionTests : FunctionTests<ConversionTests>
{
    private readonly struct SByteToByte : IFunction<sbyte, bool, byte>
    {
        public static byte Call(sbyte a, bool b) => b ? (byte)a : default;
    }

    private readonly struct SByteToShort : IFunction<sbyte, bool, short>
    {
        public static short Call(sbyte a, bool b) => b ? (short)a : default;
    }

    private readonly struct SByteToUShort : IFunction<sbyte, bool, ushort>
    {
        public static ushort Call(sbyte a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct SByteToInt : IFunction<sbyte, bool, int>
    {
        public static int Call(sbyte a, bool b) => b ? (int)a : default;
    }

    private readonly struct SByteToUInt : IFunction<sbyte, bool, uint>
    {
        public static uint Call(sbyte a, bool b) => b ? (uint)a : default;
    }

    private readonly struct SByteToLong : IFunction<sbyte, bool, long>
    {
        public static long Call(sbyte a, bool b) => b ? (long)a : default;
    }

    private readonly struct SByteToULong : IFunction<sbyte, bool, ulong>
    {
        public static ulong Call(sbyte a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct SByteToFloat : IFunction<sbyte, bool, float>
    {
        public static float Call(sbyte a, bool b) => b ? (float)a : default;
    }

    private readonly struct SByteToDouble : IFunction<sbyte, bool, double>
    {
        public static double Call(sbyte a, bool b) => b ? (double)a : default;
    }

    private readonly struct ByteToSByte : IFunction<byte, bool, sbyte>
    {
        public static sbyte Call(byte a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct ByteToShort : IFunction<byte, bool, short>
    {
        public static short Call(byte a, bool b) => b ? (short)a : default;
    }

    private readonly struct ByteToUShort : IFunction<byte, bool, ushort>
    {
        public static ushort Call(byte a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct ByteToInt : IFunction<byte, bool, int>
    {
        public static int Call(byte a, bool b) => b ? (int)a : default;
    }

    private readonly struct ByteToUInt : IFunction<byte, bool, uint>
    {
        public static uint Call(byte a, bool b) => b ? (uint)a : default;
    }

    private readonly struct ByteToLong : IFunction<byte, bool, long>
    {
        public static long Call(byte a, bool b) => b ? (long)a : default;
    }

    private readonly struct ByteToULong : IFunction<byte, bool, ulong>
    {
        public static ulong Call(byte a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct ByteToFloat : IFunction<byte, bool, float>
    {
        public static float Call(byte a, bool b) => b ? (float)a : default;
    }

    private readonly struct ByteToDouble : IFunction<byte, bool, double>
    {
        public static double Call(byte a, bool b) => b ? (double)a : default;
    }

    private readonly struct ShortToSByte : IFunction<short, bool, sbyte>
    {
        public static sbyte Call(short a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct ShortToByte : IFunction<short, bool, byte>
    {
        public static byte Call(short a, bool b) => b ? (byte)a : default;
    }

    private readonly struct ShortToUShort : IFunction<short, bool, ushort>
    {
        public static ushort Call(short a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct ShortToInt : IFunction<short, bool, int>
    {
        public static int Call(short a, bool b) => b ? (int)a : default;
    }

    private readonly struct ShortToUInt : IFunction<short, bool, uint>
    {
        public static uint Call(short a, bool b) => b ? (uint)a : default;
    }

    private readonly struct ShortToLong : IFunction<short, bool, long>
    {
        public static long Call(short a, bool b) => b ? (long)a : default;
    }

    private readonly struct ShortToULong : IFunction<short, bool, ulong>
    {
        public static ulong Call(short a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct ShortToFloat : IFunction<short, bool, float>
    {
        public static float Call(short a, bool b) => b ? (float)a : default;
    }

    private readonly struct ShortToDouble : IFunction<short, bool, double>
    {
        public static double Call(short a, bool b) => b ? (double)a : default;
    }

    private readonly struct UShortToSByte : IFunction<ushort, bool, sbyte>
    {
        public static sbyte Call(ushort a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct UShortToByte : IFunction<ushort, bool, byte>
    {
        public static byte Call(ushort a, bool b) => b ? (byte)a : default;
    }

    private readonly struct UShortToShort : IFunction<ushort, bool, short>
    {
        public static short Call(ushort a, bool b) => b ? (short)a : default;
    }

    private readonly struct UShortToInt : IFunction<ushort, bool, int>
    {
        public static int Call(ushort a, bool b) => b ? (int)a : default;
    }

    private readonly struct UShortToUInt : IFunction<ushort, bool, uint>
    {
        public static uint Call(ushort a, bool b) => b ? (uint)a : default;
    }

    private readonly struct UShortToLong : IFunction<ushort, bool, long>
    {
        public static long Call(ushort a, bool b) => b ? (long)a : default;
    }

    private readonly struct UShortToULong : IFunction<ushort, bool, ulong>
    {
        public static ulong Call(ushort a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct UShortToFloat : IFunction<ushort, bool, float>
    {
        public static float Call(ushort a, bool b) => b ? (float)a : default;
    }

    private readonly struct UShortToDouble : IFunction<ushort, bool, double>
    {
        public static double Call(ushort a, bool b) => b ? (double)a : default;
    }

    private readonly struct IntToSByte : IFunction<int, bool, sbyte>
    {
        public static sbyte Call(int a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct IntToByte : IFunction<int, bool, byte>
    {
        public static byte Call(int a, bool b) => b ? (byte)a : default;
    }

    private readonly struct IntToShort : IFunction<int, bool, short>
    {
        public static short Call(int a, bool b) => b ? (short)a : default;
    }

    private readonly struct IntToUShort : IFunction<int, bool, ushort>
    {
        public static ushort Call(int a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct IntToUInt : IFunction<int, bool, uint>
    {
        public static uint Call(int a, bool b) => b ? (uint)a : default;
    }

    private readonly struct IntToLong : IFunction<int, bool, long>
    {
        public static long Call(int a, bool b) => b ? (long)a : default;
    }

    private readonly struct IntToULong : IFunction<int, bool, ulong>
    {
        public static ulong Call(int a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct IntToFloat : IFunction<int, bool, float>
    {
        public static float Call(int a, bool b) => b ? (float)a : default;
    }

    private readonly struct IntToDouble : IFunction<int, bool, double>
    {
        public static double Call(int a, bool b) => b ? (double)a : default;
    }

    private readonly struct UIntToSByte : IFunction<uint, bool, sbyte>
    {
        public static sbyte Call(uint a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct UIntToByte : IFunction<uint, bool, byte>
    {
        public static byte Call(uint a, bool b) => b ? (byte)a : default;
    }

    private readonly struct UIntToShort : IFunction<uint, bool, short>
    {
        public static short Call(uint a, bool b) => b ? (short)a : default;
    }

    private readonly struct UIntToUShort : IFunction<uint, bool, ushort>
    {
        public static ushort Call(uint a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct UIntToInt : IFunction<uint, bool, int>
    {
        public static int Call(uint a, bool b) => b ? (int)a : default;
    }

    private readonly struct UIntToLong : IFunction<uint, bool, long>
    {
        public static long Call(uint a, bool b) => b ? (long)a : default;
    }

    private readonly struct UIntToULong : IFunction<uint, bool, ulong>
    {
        public static ulong Call(uint a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct UIntToFloat : IFunction<uint, bool, float>
    {
        public static float Call(uint a, bool b) => b ? (float)a : default;
    }

    private readonly struct UIntToDouble : IFunction<uint, bool, double>
    {
        public static double Call(uint a, bool b) => b ? (double)a : default;
    }

    private readonly struct LongToSByte : IFunction<long, bool, sbyte>
    {
        public static sbyte Call(long a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct LongToByte : IFunction<long, bool, byte>
    {
        public static byte Call(long a, bool b) => b ? (byte)a : default;
    }

    private readonly struct LongToShort : IFunction<long, bool, short>
    {
        public static short Call(long a, bool b) => b ? (short)a : default;
    }

    private readonly struct LongToUShort : IFunction<long, bool, ushort>
    {
        public static ushort Call(long a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct LongToInt : IFunction<long, bool, int>
    {
        public static int Call(long a, bool b) => b ? (int)a : default;
    }

    private readonly struct LongToUInt : IFunction<long, bool, uint>
    {
        public static uint Call(long a, bool b) => b ? (uint)a : default;
    }

    private readonly struct LongToULong : IFunction<long, bool, ulong>
    {
        public static ulong Call(long a, bool b) => b ? (ulong)a : default;
    }

    private readonly struct LongToFloat : IFunction<long, bool, float>
    {
        public static float Call(long a, bool b) => b ? (float)a : default;
    }

    private readonly struct LongToDouble : IFunction<long, bool, double>
    {
        public static double Call(long a, bool b) => b ? (double)a : default;
    }

    private readonly struct ULongToSByte : IFunction<ulong, bool, sbyte>
    {
        public static sbyte Call(ulong a, bool b) => b ? (sbyte)a : default;
    }

    private readonly struct ULongToByte : IFunction<ulong, bool, byte>
    {
        public static byte Call(ulong a, bool b) => b ? (byte)a : default;
    }

    private readonly struct ULongToShort : IFunction<ulong, bool, short>
    {
        public static short Call(ulong a, bool b) => b ? (short)a : default;
    }

    private readonly struct ULongToUShort : IFunction<ulong, bool, ushort>
    {
        public static ushort Call(ulong a, bool b) => b ? (ushort)a : default;
    }

    private readonly struct ULongToInt : IFunction<ulong, bool, int>
    {
        public static int Call(ulong a, bool b) => b ? (int)a : default;
    }

    private readonly struct ULongToUInt : IFunction<ulong, bool, uint>
    {
        public static uint Call(ulong a, bool b) => b ? (uint)a : default;
    }

    private readonly struct ULongToLong : IFunction<ulong, bool, long>
    {
        public static long Call(ulong a, bool b) => b ? (long)a : default;
    }

    private readonly struct ULongToFloat : IFunction<ulong, bool, float>
    {
        public static float Call(ulong a, bool b) => b ? (float)a : default;
    }

    private readonly struct ULongToDouble : IFunction<ulong, bool, double>
    {
        public static double Call(ulong a, bool b) => b ? (double)a : default;
    }

    private readonly struct FloatToInt : IFunction<float, bool, int>
    {
        public static int Call(float a, bool b) => a >= -1e9f && a <= 1e9f && b ? (int)a : default;
    }

    private readonly struct FloatToUInt : IFunction<float, bool, uint>
    {
        public static uint Call(float a, bool b) => a >= 0f && a <= 4e9f && b ? (uint)a : default;
    }

    private readonly struct FloatToLong : IFunction<float, bool, long>
    {
        public static long Call(float a, bool b) => a >= -1e18f && a <= 1e18f && b ? (long)a : default;
    }

    private readonly struct FloatToULong : IFunction<float, bool, ulong>
    {
        public static ulong Call(float a, bool b) => a >= 0f && a <= 1e19f && b ? (ulong)a : default;
    }

    private readonly struct FloatToSByte : IFunction<float, bool, sbyte>
    {
        public static sbyte Call(float a, bool b) => a >= -127f && a <= 127f && b ? (sbyte)a : default;
    }

    private readonly struct FloatToByte : IFunction<float, bool, byte>
    {
        public static byte Call(float a, bool b) => a >= 0f && a <= 255f && b ? (byte)a : default;
    }

    private readonly struct FloatToShort : IFunction<float, bool, short>
    {
        public static short Call(float a, bool b) => a >= -32767f && a <= 32767f && b ? (short)a : default;
    }

    private readonly struct FloatToUShort : IFunction<float, bool, ushort>
    {
        public static ushort Call(float a, bool b) => a >= 0f && a <= 65535f && b ? (ushort)a : default;
    }

    private readonly struct DoubleToInt : IFunction<double, bool, int>
    {
        public static int Call(double a, bool b) => a >= -1e9 && a <= 1e9 && b ? (int)a : default;
    }

    private readonly struct DoubleToUInt : IFunction<double, bool, uint>
    {
        public static uint Call(double a, bool b) => a >= 0 && a <= 4e9 && b ? (uint)a : default;
    }

    private readonly struct DoubleToLong : IFunction<double, bool, long>
    {
        public static long Call(double a, bool b) => a >= -1e18 && a <= 1e18 && b ? (long)a : default;
    }

    private readonly struct DoubleToULong : IFunction<double, bool, ulong>
    {
        public static ulong Call(double a, bool b) => a >= 0 && a <= 1e19 && b ? (ulong)a : default;
    }

    private readonly struct DoubleToSByte : IFunction<double, bool, sbyte>
    {
        public static sbyte Call(double a, bool b) => a >= -127 && a <= 127 && b ? (sbyte)a : default;
    }

    private readonly struct DoubleToByte : IFunction<double, bool, byte>
    {
        public static byte Call(double a, bool b) => a >= 0 && a <= 255 && b ? (byte)a : default;
    }

    private readonly struct DoubleToShort : IFunction<double, bool, short>
    {
        public static short Call(double a, bool b) => a >= -32767 && a <= 32767 && b ? (short)a : default;
    }

    private readonly struct DoubleToUShort : IFunction<double, bool, ushort>
    {
        public static ushort Call(double a, bool b) => a >= 0 && a <= 65535 && b ? (ushort)a : default;
    }

    private readonly struct FloatToDouble : IFunction<float, bool, double>
    {
        public static double Call(float a, bool b) => b ? a : -a;
    }

    private readonly struct DoubleToFloat : IFunction<double, bool, float>
    {
        public static float Call(double a, bool b) => b ? (float)a : -(float)a;
    }

    private readonly struct NativeIntegers : IFunction<int, nint, nint>
    {
        public static nint Call(int a, nint b) => a + b + (nint)(long)a;
    }

    private readonly struct SaturatingIntFromFloat : IFunction<float, double, int>
    {
        public static int Call(float a, double b) => (int)a ^ (int)b;
    }

    private readonly struct SaturatingUIntFromFloat : IFunction<float, double, uint>
    {
        public static uint Call(float a, double b) => (uint)a ^ (uint)b;
    }

    private readonly struct SaturatingLongFromFloat : IFunction<float, double, long>
    {
        public static long Call(float a, double b) => (long)a ^ (long)b;
    }

    private readonly struct SaturatingULongFromFloat : IFunction<float, double, ulong>
    {
        public static ulong Call(float a, double b) => (ulong)a ^ (ulong)b;
    }
}
