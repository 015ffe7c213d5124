#pragma warning disable CS1718 // a NaN does not equal itself: that is what is tested


namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Arithmetic and comparisons of floats, NaN, infinities, denormals and both zeros included.</summary>
public class FloatTests : FunctionTests<FloatTests>
{
    private readonly struct FloatArithmetic : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => ((a + b) * (a - b)) - (a * b);
    }

    private readonly struct FloatDivision : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => a / b;
    }

    private readonly struct FloatNegation : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => -a + -(-b);
    }

    private readonly struct FloatZeroSign : IFunction<float, float, float>
    {
        public static float Call(float a, float b) => 1 / (a * b);
    }

    private readonly struct FloatCompares : IFunction<float, float, int>
    {
        public static int Call(float a, float b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct FloatNegatedCompares : IFunction<float, float, int>
    {
        public static int Call(float a, float b) => (!(a < b) ? 1 : 0) | (!(a <= b) ? 2 : 0) | (!(a > b) ? 4 : 0) | (!(a >= b) ? 8 : 0) | (!(a == b) ? 16 : 0) | (!(a != b) ? 32 : 0);
    }

    private readonly struct FloatBranches : IFunction<float, float, int>
    {
        public static int Call(float a, float b)
        {
            int result = 0;
            if (a < b)
                result |= 1;
            if (!(b < a))
                result |= 256;
            if (a <= b)
                result |= 2;
            if (!(b <= a))
                result |= 512;
            if (a > b)
                result |= 4;
            if (!(b > a))
                result |= 1024;
            if (a >= b)
                result |= 8;
            if (!(b >= a))
                result |= 2048;
            if (a == b)
                result |= 16;
            if (!(b == a))
                result |= 4096;
            if (a != b)
                result |= 32;
            if (!(b != a))
                result |= 8192;
            return result;
        }
    }

    private readonly struct FloatIsNaN : IFunction<float, float, int>
    {
        public static int Call(float a, float b) => (float.IsNaN(a) ? 1 : 0) | (float.IsInfinity(b) ? 2 : 0) | (a != a ? 4 : 0) | (float.IsFinite(a) ? 8 : 0);
    }

    private readonly struct FloatComparesWithConstants : IFunction<float, float, int>
    {
        public static int Call(float a, float b) => (a > 0 ? 1 : 0) | (b <= 0 ? 2 : 0) | (0 == a ? 4 : 0) | (1 < b ? 8 : 0);
    }

    private readonly struct FloatLoopWhileLess : IFunction<float, float, float>
    {
        public static float Call(float a, float b)
        {
            float x = 0;
            for (int i = 0; i < 5 && x <= a; i++)
                x += b > 1 ? 1 : 0.25f;
            return x;
        }
    }

    private readonly struct DoubleArithmetic : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => ((a + b) * (a - b)) - (a * b);
    }

    private readonly struct DoubleDivision : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => a / b;
    }

    private readonly struct DoubleNegation : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => -a + -(-b);
    }

    private readonly struct DoubleZeroSign : IFunction<double, double, double>
    {
        public static double Call(double a, double b) => 1 / (a * b);
    }

    private readonly struct DoubleCompares : IFunction<double, double, int>
    {
        public static int Call(double a, double b) => (a < b ? 1 : 0) | (a <= b ? 2 : 0) | (a > b ? 4 : 0) | (a >= b ? 8 : 0) | (a == b ? 16 : 0) | (a != b ? 32 : 0);
    }

    private readonly struct DoubleNegatedCompares : IFunction<double, double, int>
    {
        public static int Call(double a, double b) => (!(a < b) ? 1 : 0) | (!(a <= b) ? 2 : 0) | (!(a > b) ? 4 : 0) | (!(a >= b) ? 8 : 0) | (!(a == b) ? 16 : 0) | (!(a != b) ? 32 : 0);
    }

    private readonly struct DoubleBranches : IFunction<double, double, int>
    {
        public static int Call(double a, double b)
        {
            int result = 0;
            if (a < b)
                result |= 1;
            if (!(b < a))
                result |= 256;
            if (a <= b)
                result |= 2;
            if (!(b <= a))
                result |= 512;
            if (a > b)
                result |= 4;
            if (!(b > a))
                result |= 1024;
            if (a >= b)
                result |= 8;
            if (!(b >= a))
                result |= 2048;
            if (a == b)
                result |= 16;
            if (!(b == a))
                result |= 4096;
            if (a != b)
                result |= 32;
            if (!(b != a))
                result |= 8192;
            return result;
        }
    }

    private readonly struct DoubleIsNaN : IFunction<double, double, int>
    {
        public static int Call(double a, double b) => (double.IsNaN(a) ? 1 : 0) | (double.IsInfinity(b) ? 2 : 0) | (a != a ? 4 : 0) | (double.IsFinite(a) ? 8 : 0);
    }

    private readonly struct DoubleComparesWithConstants : IFunction<double, double, int>
    {
        public static int Call(double a, double b) => (a > 0 ? 1 : 0) | (b <= 0 ? 2 : 0) | (0 == a ? 4 : 0) | (1 < b ? 8 : 0);
    }

    private readonly struct DoubleLoopWhileLess : IFunction<double, double, double>
    {
        public static double Call(double a, double b)
        {
            double x = 0;
            for (int i = 0; i < 5 && x <= a; i++)
                x += b > 1 ? 1 : 0.25;
            return x;
        }
    }
}
