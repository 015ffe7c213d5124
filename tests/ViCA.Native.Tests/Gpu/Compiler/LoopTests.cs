using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Loops: for, while, do, nested, with break, continue and return, kept and unrolled.</summary>
public class LoopTests : FunctionTests<LoopTests>
{
    private readonly struct ForSum : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int sum = 0;
            for (int i = 0; i < (a & 15); i++)
                sum += i * b;
            return sum;
        }
    }

    private readonly struct ForDown : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            int sum = a;
            for (int i = b; i >= 0; i -= 7)
                sum = (sum * 31) ^ i;
            return sum;
        }
    }

    private readonly struct WhileWithBreakAndContinue : IFunction<uint, int, uint>
    {
        public static uint Call(uint a, int b)
        {
            uint x = a;
            int steps = 0;
            while (x != 1 && steps < 40)
            {
                steps++;
                if ((x & 3) == 3)
                {
                    x += (uint)b;
                    continue;
                }

                if (x % 11 == 5)
                    break;
                x = (x & 1) == 0 ? x / 2 : (3 * x) + 1;
            }

            return x + ((uint)steps << 24);
        }
    }

    private readonly struct DoWhile : IFunction<ulong, byte, int>
    {
        public static int Call(ulong a, byte b)
        {
            int digits = 0;
            do
            {
                a /= (ulong)(b | 2);
                digits++;
            }
            while (a != 0 && digits < 70);
            return digits;
        }
    }

    private readonly struct DoWhileWithContinue : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int i = 0;
            int result = 0;
            do
            {
                if ((i + a) % 3 == 0)
                    continue;
                result += b + i;
            }
            while (++i < 9);
            return result;
        }
    }

    private readonly struct NestedWithOuterExit : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int count = 0;
            for (int i = 0; i < 8; i++)
            {
                for (int j = 0; j < 8; j++)
                {
                    if (j == (b & 7))
                        break;
                    if (((i * j) & 3) == (a & 3))
                        continue;
                    if (i + j == (a & 15))
                        return count * 1000;
                    count += i ^ j;
                }

                if (count > 500)
                    goto done;
                count++;
            }

        done:
            return count;
        }
    }

    private readonly struct Swap : IFunction<long, byte, long>
    {
        public static long Call(long a, byte b)
        {
            long x = a;
            long y = 1;
            long z = b;
            for (int i = 0; i < b; i++)
                (x, y, z) = (y, z + i, x);
            return x ^ (y << 1) ^ (z << 2);
        }
    }

    private readonly struct LastValueAfterLoop : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            int last = a;
            int before = 0;
            for (int i = 0; i < b; i++)
            {
                before = last;
                last = (last * 5) + i;
            }

            return last - before;
        }
    }

    private readonly struct LoopInLoopCondition : IFunction<uint, byte, int>
    {
        public static int Call(uint a, byte b)
        {
            int total = 0;
            for (int i = 0; Bits(a >> i) > (b & 7) && i < 31; i++)
                total += i;
            return total;
        }

        private static int Bits(uint x)
        {
            int bits = 0;
            for (; x != 0; x &= x - 1)
                bits++;
            return bits;
        }
    }

    private readonly struct KeptUnrollNone : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int x = a;
            for (int i = 0; i < 6; i++)
            {
                Unroll.None();
                x = (x * 3) + (b & i);
            }

            return x;
        }
    }

    private readonly struct UnrolledFull : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int x = a;
            for (int i = 10; i != 0; i -= 2)
            {
                Unroll.Full();
                if (i == 4)
                    continue;
                if (x == b)
                    break;
                x = (x * i) + b;
            }

            return x;
        }
    }

    private readonly struct UnrolledDo : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int x = a;
            int i = 1;
            do
            {
                Unroll.Full();
                for (int j = 0; j < 3; j++)
                {
                    if ((x & 1) == 0)
                        break;
                    x = (x >> 1) + b;
                }

                i *= 3;
            }
            while (i < 100);
            return x;
        }
    }

    private readonly struct FloatLoop : IFunction<float, byte, float>
    {
        public static float Call(float a, byte b)
        {
            float x = a;
            for (int i = 0; i < (b & 31); i++)
            {
                if (!(x < 1e6f))
                    break;
                x = (x * 1.5f) + i;
            }

            return x;
        }
    }

    private readonly struct ForeverWithReturn : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            int i = 0;
            while (true)
            {
                if (i++ > (b & 15))
                    return a + i;
                a ^= i << (i & 7);
            }
        }
    }
}
