namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>if, switch, ternaries and short circuits.</summary>
public class ChoiceTests : FunctionTests<ChoiceTests>
{
    private enum Kind : byte
    {
        None,
        Some,
        All,
    }

    private readonly struct DenseSwitch : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            switch (a & 7)
            {
                case 0:
                    return b;
                case 1:
                    b += 5;
                    break;
                case 2:
                case 3:
                    b *= 3;
                    goto case 5;
                case 5:
                    b -= a;
                    break;
                default:
                    b = ~b;
                    break;
            }

            return b + 1;
        }
    }

    private readonly struct SparseSwitch : IFunction<int, long, long>
    {
        public static long Call(int a, long b) => a switch
        {
            int.MinValue => b + 1,
            -129 => b + 2,
            0 => b + 3,
            31 => b + 4,
            100 => b + 5,
            65536 => b + 6,
            int.MaxValue => b + 7,
            > 1000 => b + 8,
            _ => -b,
        };
    }

    private readonly struct SwitchOfLong : IFunction<long, byte, int>
    {
        public static int Call(long a, byte b)
        {
            switch (a)
            {
                case 0: return b;
                case 1: return b + 1;
                case 2: return b + 2;
                case 3: return b + 3;
                case 7: return b + 7;
                case long.MaxValue: return -1;
                default: return -b;
            }
        }
    }

    private readonly struct SwitchOfEnum : IFunction<byte, int, int>
    {
        public static int Call(byte a, int b)
        {
            Kind kind = (Kind)(a % 4);
            return kind switch
            {
                Kind.None => b,
                Kind.Some => b / 2,
                Kind.All => b * 2,
                _ => (int)kind,
            };
        }
    }

    private readonly struct SwitchInLoop : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            int state = a & 3;
            int result = 0;
            for (int i = 0; i < (b & 31); i++)
            {
                switch (state)
                {
                    case 0:
                        state = 2;
                        continue;
                    case 1:
                        result += i;
                        state = a & 3;
                        break;
                    case 2:
                        state = (i & 1) == 0 ? 3 : 1;
                        break;
                    default:
                        result = (result * 3) + 1;
                        state = 0;
                        break;
                }

                result ^= state;
            }

            return result;
        }
    }

    private readonly struct NestedTernaries : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => (a < b ? a < 0 ? b : a + 1 : b > 100 ? a - b : a ^ b) + (a == b ? 1 : 0);
    }

    private readonly struct TernaryOfFloats : IFunction<float, double, double>
    {
        public static double Call(float a, double b) => (a < b ? a : b) + (a > 0 ? 0.5 : a);
    }

    private readonly struct TernaryOnTheStack : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => Mix(a, a > b ? b : a * 2, b < 0 ? -b : b, (a & 1) == 0 || b > 3);

        private static int Mix(int x, int y, int z, bool w) => w ? x - (y * z) : x + (y ^ z);
    }

    private readonly struct ShortCircuits : IFunction<int, int, bool>
    {
        public static bool Call(int a, int b) =>
            (a != 0 && 100 / (a == int.MinValue ? 1 : a) > b) || (b != 0 && (a < b || !(b > 7)));
    }

    private readonly struct ChoiceWithCodeOnOneSide : IFunction<int, bool, int>
    {
        public static int Call(int a, bool b)
        {
            int x = a;
            if (b)
                x = x < 0 ? 3 : 4;
            return x + 1;
        }
    }

    private readonly struct IfChain : IFunction<float, float, int>
    {
        public static int Call(float a, float b)
        {
            if (a < b)
                return 1;
            else if (a > b)
                return 2;
            else if (a == b)
                return 3;
            return 4;
        }
    }

    private readonly struct EarlyReturns : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => Inner(a, b) + Inner(b, a);

        private static int Inner(int x, int y)
        {
            if (x > 100)
                return y;
            if (y < -100)
            {
                if (x == 0)
                    return 7;
                y = -x;
            }

            return x + y;
        }
    }
}
