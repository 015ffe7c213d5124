namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Arithmetic, order and literals of the integers of every width.</summary>
public class IntegerTests : FunctionTests<IntegerTests>
{
    private readonly struct SByteArithmetic : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => (sbyte)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct SByteDivision : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => b is 0 or -1 ? a : (sbyte)((a / b) - (a % b));
    }

    private readonly struct SByteNegation : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => (sbyte)(-a + +b);
    }

    private readonly struct SByteOrder : IFunction<sbyte, sbyte, int>
    {
        public static int Call(sbyte a, sbyte b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct SByteConstants : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => (sbyte)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct SByteIncrements : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct ByteArithmetic : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b) => (byte)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct ByteDivision : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b) => b == 0 ? a : (byte)((a / b) + (a % b));
    }

    private readonly struct ByteOrder : IFunction<byte, byte, int>
    {
        public static int Call(byte a, byte b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct ByteConstants : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b) => (byte)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct ByteIncrements : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct ShortArithmetic : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => (short)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct ShortDivision : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => b is 0 or -1 ? a : (short)((a / b) - (a % b));
    }

    private readonly struct ShortNegation : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => (short)(-a + +b);
    }

    private readonly struct ShortOrder : IFunction<short, short, int>
    {
        public static int Call(short a, short b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct ShortConstants : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => (short)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct ShortIncrements : IFunction<short, short, short>
    {
        public static short Call(short a, short b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct UShortArithmetic : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b) => (ushort)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct UShortDivision : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b) => b == 0 ? a : (ushort)((a / b) + (a % b));
    }

    private readonly struct UShortOrder : IFunction<ushort, ushort, int>
    {
        public static int Call(ushort a, ushort b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct UShortConstants : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b) => (ushort)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct UShortIncrements : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct IntArithmetic : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct IntDivision : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => b is 0 or -1 ? a : (int)((a / b) - (a % b));
    }

    private readonly struct IntNegation : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)(-a + +b);
    }

    private readonly struct IntOrder : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct IntConstants : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct IntIncrements : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct UIntArithmetic : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b) => (uint)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct UIntDivision : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b) => b == 0 ? a : (uint)((a / b) + (a % b));
    }

    private readonly struct UIntOrder : IFunction<uint, uint, int>
    {
        public static int Call(uint a, uint b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct UIntConstants : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b) => (uint)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct UIntIncrements : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct LongArithmetic : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => (long)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct LongDivision : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => b is 0 or -1 ? a : (long)((a / b) - (a % b));
    }

    private readonly struct LongNegation : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => (long)(-a + +b);
    }

    private readonly struct LongOrder : IFunction<long, long, int>
    {
        public static int Call(long a, long b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct LongConstants : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => (long)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct LongIncrements : IFunction<long, long, long>
    {
        public static long Call(long a, long b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct ULongArithmetic : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b) => (ulong)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct ULongDivision : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b) => b == 0 ? a : (ulong)((a / b) + (a % b));
    }

    private readonly struct ULongOrder : IFunction<ulong, ulong, int>
    {
        public static int Call(ulong a, ulong b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct ULongConstants : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b) => (ulong)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct ULongIncrements : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct NIntArithmetic : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => (nint)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct NIntDivision : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => b == 0 || b == -1 ? a : (a / b) - (a % b);
    }

    private readonly struct NIntNegation : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => (nint)(-a + +b);
    }

    private readonly struct NIntOrder : IFunction<nint, nint, int>
    {
        public static int Call(nint a, nint b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct NIntConstants : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => (nint)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct NIntIncrements : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct NUIntArithmetic : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b) => (nuint)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct NUIntDivision : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b) => b == 0 ? a : (nuint)((a / b) + (a % b));
    }

    private readonly struct NUIntOrder : IFunction<nuint, nuint, int>
    {
        public static int Call(nuint a, nuint b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct NUIntConstants : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b) => (nuint)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct NUIntIncrements : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= 3;
            a -= 5;
            a ^= b;
            return a;
        }
    }

    private readonly struct CharArithmetic : IFunction<char, char, char>
    {
        public static char Call(char a, char b) => (char)(((a + b) * (a - b)) ^ (a & b) ^ (a | b) ^ ~a);
    }

    private readonly struct CharDivision : IFunction<char, char, char>
    {
        public static char Call(char a, char b) => b == 0 ? a : (char)((a / b) + (a % b));
    }

    private readonly struct CharOrder : IFunction<char, char, int>
    {
        public static int Call(char a, char b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct CharConstants : IFunction<char, char, char>
    {
        public static char Call(char a, char b) => (char)((a * 8) + (b / 4) + (a % 16) + (b * 1) + (a * 0) - 7);
    }

    private readonly struct CharIncrements : IFunction<char, char, char>
    {
        public static char Call(char a, char b)
        {
            a++;
            ++a;
            b--;
            a += b;
            a *= (char)3;
            a -= (char)5;
            a ^= b;
            return a;
        }
    }

    private readonly struct BoolLogic : IFunction<bool, bool, int>
    {
        public static int Call(bool a, bool b) => (a & b ? 1 : 0) | (a | b ? 2 : 0) | (a ^ b ? 4 : 0) | (!a ? 8 : 0) | (a == b ? 16 : 0) | (a && b ? 32 : 0) | (a || !b ? 64 : 0);
    }

    private readonly struct BoolResult : IFunction<int, int, bool>
    {
        public static bool Call(int a, int b) => a < b ^ (a & 1) == 0;
    }

    private readonly struct BoolMemory : IFunction<bool, int, bool>
    {
        public static bool Call(bool a, int b) => a ? b > 3 : b != 7;
    }
}
