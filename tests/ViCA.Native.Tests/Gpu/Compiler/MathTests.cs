namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Math and MathF: the members that are one instruction.</summary>
public class MathTests : FunctionTests<MathTests>
{
    private readonly struct FloatSqrt : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Sqrt(a);
    }

    private readonly struct FloatAbs : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Abs(a);
    }

    private readonly struct FloatFloor : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Floor(a);
    }

    private readonly struct FloatCeiling : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Ceiling(a);
    }

    private readonly struct FloatTruncate : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Truncate(a);
    }

    private readonly struct FloatRound : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Round(a);
    }

    private readonly struct FloatMin : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Min(a, b);
    }

    private readonly struct FloatMax : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.Max(a, b);
    }

    private readonly struct FloatCopySign : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.CopySign(a, b);
    }

    private readonly struct FloatFusedMultiplyAdd : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => MathF.FusedMultiplyAdd(a, b, a);
    }

    private readonly struct DoubleSqrt : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Sqrt(a);
    }

    private readonly struct DoubleAbs : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Abs(a);
    }

    private readonly struct DoubleFloor : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Floor(a);
    }

    private readonly struct DoubleCeiling : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Ceiling(a);
    }

    private readonly struct DoubleTruncate : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Truncate(a);
    }

    private readonly struct DoubleRound : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Round(a);
    }

    private readonly struct DoubleMin : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Min(a, b);
    }

    private readonly struct DoubleMax : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.Max(a, b);
    }

    private readonly struct DoubleCopySign : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.CopySign(a, b);
    }

    private readonly struct DoubleFusedMultiplyAdd : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => Math.FusedMultiplyAdd(a, b, a);
    }

    private readonly struct SByteMinMax : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => (sbyte)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct SByteMinMaxOfConstants : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => (sbyte)(Math.Max(a, (sbyte)5) - Math.Min((sbyte)100, b));
    }

    private readonly struct ByteMinMax : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b) => (byte)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct ByteMinMaxOfConstants : IFunction<byte, byte, byte>
    {
        public static byte Call(byte a, byte b) => (byte)(Math.Max(a, (byte)5) - Math.Min((byte)100, b));
    }

    private readonly struct ShortMinMax : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => (short)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct ShortMinMaxOfConstants : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => (short)(Math.Max(a, (short)5) - Math.Min((short)100, b));
    }

    private readonly struct UShortMinMax : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b) => (ushort)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct UShortMinMaxOfConstants : IFunction<ushort, ushort, ushort>
    {
        public static ushort Call(ushort a, ushort b) => (ushort)(Math.Max(a, (ushort)5) - Math.Min((ushort)100, b));
    }

    private readonly struct IntMinMax : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct IntMinMaxOfConstants : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (int)(Math.Max(a, (int)5) - Math.Min((int)100, b));
    }

    private readonly struct UIntMinMax : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b) => (uint)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct UIntMinMaxOfConstants : IFunction<uint, uint, uint>
    {
        public static uint Call(uint a, uint b) => (uint)(Math.Max(a, (uint)5) - Math.Min((uint)100, b));
    }

    private readonly struct LongMinMax : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => (long)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct LongMinMaxOfConstants : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => (long)(Math.Max(a, (long)5) - Math.Min((long)100, b));
    }

    private readonly struct ULongMinMax : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b) => (ulong)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct ULongMinMaxOfConstants : IFunction<ulong, ulong, ulong>
    {
        public static ulong Call(ulong a, ulong b) => (ulong)(Math.Max(a, (ulong)5) - Math.Min((ulong)100, b));
    }

    private readonly struct NIntMinMax : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => (nint)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct NIntMinMaxOfConstants : IFunction<nint, nint, nint>
    {
        public static nint Call(nint a, nint b) => (nint)(Math.Max(a, (nint)5) - Math.Min((nint)100, b));
    }

    private readonly struct NUIntMinMax : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b) => (nuint)(Math.Min(a, b) ^ (Math.Max(a, b) << 1));
    }

    private readonly struct NUIntMinMaxOfConstants : IFunction<nuint, nuint, nuint>
    {
        public static nuint Call(nuint a, nuint b) => (nuint)(Math.Max(a, (nuint)5) - Math.Min((nuint)100, b));
    }

    private readonly struct IntAbs : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => a == int.MinValue ? b : Math.Abs(a);
    }

    private readonly struct LongAbs : IFunction<long, long, long>
    {
        public static long Call(long a, long b) => a == long.MinValue ? b : Math.Abs(a);
    }

    private readonly struct ShortAbs : IFunction<short, short, short>
    {
        public static short Call(short a, short b) => a == short.MinValue ? b : Math.Abs(a);
    }

    private readonly struct SByteAbs : IFunction<sbyte, sbyte, sbyte>
    {
        public static sbyte Call(sbyte a, sbyte b) => a == sbyte.MinValue ? b : Math.Abs(a);
    }
}
