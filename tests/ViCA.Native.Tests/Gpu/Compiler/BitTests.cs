#pragma warning disable CS1718 // a NaN does not equal itself: NaN payloads are left out
using System.Numerics;
using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Language;


namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Bits seen as another type, and counted.</summary>
public class BitTests : FunctionTests<BitTests>
{
    private readonly struct SingleBits : IFunction<float, float, int>
    {
        public static int Call(float a, float b) => (a != a ? 0 : BitConverter.SingleToInt32Bits(a)) ^ (b != b ? 1 : (int)BitConverter.SingleToUInt32Bits(b));
    }

    private readonly struct DoubleBits : IFunction<double, double, long>
    {
        public static long Call(double a, double b) => (a != a ? 0 : BitConverter.DoubleToInt64Bits(a)) ^ (b != b ? 1 : (long)BitConverter.DoubleToUInt64Bits(b));
    }

    private readonly struct SingleFromBits : IFunction<int, uint, float>
    {
        public static float Call(int a, uint b) => BitConverter.Int32BitsToSingle(a & 0x7F7FFFFF) * BitConverter.UInt32BitsToSingle(b & 0x3F7FFFFF);
    }

    private readonly struct DoubleFromBits : IFunction<long, ulong, double>
    {
        public static double Call(long a, ulong b) => BitConverter.Int64BitsToDouble(a & 0x3FEFFFFFFFFFFFFF) + BitConverter.UInt64BitsToDouble(b & 0x3FEFFFFFFFFFFFFF);
    }

    private readonly struct PopCount : IFunction<uint, ulong, int>
    {
        public static int Call(uint a, ulong b) => BitOperations.PopCount(a) + (100 * BitOperations.PopCount(b));
    }

    private readonly struct LeadingZeroCount : IFunction<uint, ulong, int>
    {
        public static int Call(uint a, ulong b) => BitOperations.LeadingZeroCount(a) + (100 * BitOperations.LeadingZeroCount(b));
    }

    private readonly struct TrailingZeroCount : IFunction<uint, ulong, int>
    {
        public static int Call(uint a, ulong b) => BitOperations.TrailingZeroCount(a) + (100 * BitOperations.TrailingZeroCount(b));
    }

    private readonly struct TrailingZeroCountSigned : IFunction<int, long, int>
    {
        public static int Call(int a, long b) => BitOperations.TrailingZeroCount(a) + (100 * BitOperations.TrailingZeroCount(b));
    }

    private readonly struct RotateLeft32 : IFunction<uint, int, uint>
    {
        public static uint Call(uint a, int b) => BitOperations.RotateLeft(a, b);
    }

    private readonly struct RotateRight32 : IFunction<uint, int, uint>
    {
        public static uint Call(uint a, int b) => BitOperations.RotateRight(a, b) + BitOperations.RotateRight(a, 5);
    }

    private readonly struct RotateLeft64 : IFunction<ulong, int, ulong>
    {
        public static ulong Call(ulong a, int b) => BitOperations.RotateLeft(a, b) ^ BitOperations.RotateRight(a, 11);
    }

    private readonly struct BitCastToUInt : IFunction<float, float, uint>
    {
        public static uint Call(float a, float b) => a != a || b != b ? 0 : Unsafe.BitCast<float, uint>(a) ^ Unsafe.BitCast<float, uint>(b);
    }

    private readonly struct BitCastToFloat : IFunction<int, ulong, double>
    {
        public static double Call(int a, ulong b) => Unsafe.BitCast<int, float>(a & 0x7F7FFFFF) + Unsafe.BitCast<ulong, double>(b & 0x3FEFFFFFFFFFFFFF);
    }

    private readonly struct BitCastOfNarrow : IFunction<sbyte, ushort, int>
    {
        public static int Call(sbyte a, ushort b) => Unsafe.BitCast<sbyte, byte>(a) + (1000 * Unsafe.BitCast<ushort, short>(b));
    }

    private readonly struct BitCastOfBool : IFunction<bool, byte, int>
    {
        public static int Call(bool a, byte b) => Unsafe.BitCast<bool, byte>(a) + (b & 1);
    }

    private readonly struct BitCastOfStruct : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            Pair pair = new() { First = a, Second = b };
            Other other = Unsafe.BitCast<Pair, Other>(pair);
            return (int)(other.X & 0xFFFF) - (BitConverter.SingleToInt32Bits(other.Y) & 0xFFFF);
        }
    }

    private readonly struct AsOfLocal : IFunction<uint, float, uint>
    {
        public static uint Call(uint a, float b)
        {
            if (b != b)
                return a;
            float value = b;
            ref uint bits = ref Unsafe.As<float, uint>(ref value);
            bits &= 0x7FFFFFFF;
            return value > 1 ? a : bits;
        }
    }

    private readonly struct AsOfField : IFunction<int, int, float>
    {
        public static float Call(int a, int b)
        {
            Pair pair = new() { First = a, Second = b & 0x7F7FFFFF };
            return Unsafe.As<Pair, Other>(ref pair).Y;
        }
    }

    private readonly struct AsChangesSign : IFunction<sbyte, short, int>
    {
        public static int Call(sbyte a, short b)
        {
            sbyte narrow = a;
            short wide = b;
            return Unsafe.As<sbyte, byte>(ref narrow) + (1000 * Unsafe.As<short, ushort>(ref wide));
        }
    }

    private readonly struct SizeOf : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => a + Unsafe.SizeOf<Pair>() + (b * sizeof(double));
    }

    private readonly struct BFloat16Bits : IFunction<float, float, uint>
    {
        public static uint Call(float a, float b) => a != a || b != b ? 0 : ((BFloat16)a).Bits | ((uint)((BFloat16)b).Bits << 16);
    }

    private readonly struct BFloat16Value : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => (BFloat16)a + (float)(BFloat16)(-b);
    }

    private readonly struct ElementRoundTrip : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => Element.Round<BFloat16>(a) - Element.Round<float>(b);
    }

    private struct Pair
    {
        public int First;
        public int Second;
    }

    private readonly record struct Other(uint X, float Y);
}
