using System.Runtime.CompilerServices;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Structs as values, their copies, and references to them.</summary>
public class StructTests : FunctionTests<StructTests>
{
    private struct Pair
    {
        public int First;
        public short Second;

        public readonly int Sum => First + Second;

        public void Scale(int factor)
        {
            First *= factor;
            Second = (short)(Second * factor);
        }
    }

    private struct Nested
    {
        public byte Head;
        public Pair Left;
        public Pair Right;
        public double Tail;
    }

    private readonly record struct Point(float X, float Y)
    {
        public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);
    }

    private struct Empty
    {
        public static readonly int Constant = 42;
    }

    private readonly struct CopyIsIndependent : IFunction<int, short, int>
    {
        public static int Call(int a, short b)
        {
            Pair x = new() { First = a, Second = b };
            Pair y = x;
            y.Scale(3);
            x.First++;
            return x.Sum ^ y.Sum;
        }
    }

    private readonly struct NestedFields : IFunction<int, double, double>
    {
        public static double Call(int a, double b)
        {
            Nested x = default;
            x.Left.First = a;
            x.Right = x.Left;
            x.Right.Second = (short)a;
            x.Tail = b;
            x.Head = (byte)(a >> 3);
            Nested y = x;
            y.Left = y.Right;
            y.Left.Scale(2);
            return y.Tail + y.Left.Sum + x.Left.Sum + y.Head;
        }
    }

    private readonly struct ChosenStruct : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            Pair x = new() { First = a, Second = 1 };
            Pair y = new() { First = b, Second = 2 };
            Pair z = a < b ? x : y;
            return (z.First * 2) + z.Second;
        }
    }

    private readonly struct StructInLoop : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            Pair x = new() { First = a };
            Pair previous = default;
            for (int i = 0; i < (b & 15); i++)
            {
                Pair kept = x;
                x.Scale(i | 1);
                x.Second += (short)previous.First;
                previous = kept;
            }

            return x.Sum - previous.Sum;
        }
    }

    private readonly struct RecordsAndOperators : IFunction<float, float, float>
    {
        public static float Call(float a, float b)
        {
            Point sum = new Point(a, b) + new Point(b, 1);
            Point with = sum with { Y = a };
            (float x, float y) = with;
            return x - y + sum.Y;
        }
    }

    private readonly struct Tuples : IFunction<int, long, long>
    {
        public static long Call(int a, long b)
        {
            (int quotient, long rest) = Split(a, b);
            (quotient, rest) = (quotient + 1, rest ^ quotient);
            return quotient + rest;
        }

        private static (int Quotient, long Remainder) Split(int a, long b) => (a / 7, b % 13);
    }

    private readonly struct RefInOut : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            int x = a;
            int y = b;
            Exchange(ref x, ref y);
            Divide(in x, y == 0 ? 3 : 5, out int quotient, out int rest);
            return x - (2 * y) + (quotient * 7) + rest;
        }

        private static void Exchange(ref int x, ref int y) => (x, y) = (y, x);

        private static void Divide(in int x, int y, out int quotient, out int rest)
        {
            quotient = x / y;
            rest = x - (quotient * y);
        }
    }

    private readonly struct RefToField : IFunction<int, short, int>
    {
        public static int Call(int a, short b)
        {
            Nested x = default;
            Fill(ref x.Right, a, b);
            ref short second = ref x.Right.Second;
            second += 5;
            ref Pair right = ref x.Right;
            right.First--;
            return x.Right.Sum + x.Left.Sum;
        }

        private static void Fill(ref Pair pair, int first, short second)
        {
            pair.First = first;
            pair.Second = second;
            pair.Scale(2);
        }
    }

    private readonly struct RefInLoop : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            int sum = a;
            for (int i = 0; i < (b & 15); i++)
                Add(ref sum, i);
            return sum;
        }

        private static void Add(ref int sum, int i)
        {
            if ((sum & 1) == 0)
                sum += i;
            else
                sum ^= i << 3;
        }
    }

    private readonly struct ArgumentsAreCopies : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => Change(a, b) + a;

        private static int Change(int a, int b)
        {
            for (int i = 0; i < 3; i++)
                a += b;
            b = a;
            return a ^ b ^ 1;
        }
    }

    private readonly struct EmptyStructs : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            Empty empty = default;
            Empty other = empty;
            return Use(other, a) + b;
        }

        private static int Use(Empty empty, int a) => a + Unsafe.SizeOf<Empty>() + Empty.Constant;
    }

    private readonly struct NarrowFields : IFunction<int, int, int>
    {
        public static int Call(int a, int b)
        {
            (byte, sbyte, ushort, short, bool, char) narrow = ((byte)a, (sbyte)a, (ushort)b, (short)b, a < b, (char)a);
            narrow.Item1 += 200;
            narrow.Item2 -= 100;
            narrow.Item3 *= 3;
            narrow.Item4 <<= 2;
            return narrow.Item1 + narrow.Item2 + narrow.Item3 + narrow.Item4 + (narrow.Item5 ? 1 : 0) + narrow.Item6;
        }
    }
}
