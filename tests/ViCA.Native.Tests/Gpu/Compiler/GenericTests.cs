using System.Numerics;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>Generics: static abstracts and their defaults, constrained calls, generic mathematics, typeof.</summary>
public class GenericTests : FunctionTests<GenericTests>
{
    private interface IPolicy
    {
        static abstract int Factor { get; }

        static virtual int Offset => 3;

        static virtual int Twice<TSelf>(int x)
            where TSelf : IPolicy => 2 * TSelf.Apply(x);

        static abstract int Apply(int x);
    }

    private interface ICounter
    {
        int Count { get; }

        void Add(int amount);
    }

    private readonly struct Plain : IPolicy
    {
        public static int Factor => 5;

        public static int Apply(int x) => x - 1;
    }

    private readonly struct Explicit : IPolicy
    {
        static int IPolicy.Factor => -2;

        static int IPolicy.Offset => 100;

        static int IPolicy.Apply(int x) => x ^ 0x55;
    }

    private struct Counter : ICounter
    {
        public int Count { readonly get; private set; }

        public void Add(int amount) => Count += amount;
    }

    private readonly struct StaticAbstracts : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => Through<Plain>(a) + Through<Explicit>(b);

        private static int Through<T>(int x)
            where T : struct, IPolicy => (T.Factor * x) + T.Offset + T.Apply(x);
    }

    private readonly struct DefaultThatCallsBack : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => Through<Plain>(a) - Through<Explicit>(b);

        private static int Through<T>(int x)
            where T : struct, IPolicy => T.Twice<T>(x);
    }

    private readonly struct ConstrainedCalls : IFunction<int, byte, int>
    {
        public static int Call(int a, byte b)
        {
            Counter counter = default;
            counter.Add(a);
            Count(ref counter, b & 7);
            return counter.Count;
        }

        private static void Count<T>(ref T counter, int times)
            where T : struct, ICounter
        {
            for (int i = 0; i < times; i++)
                counter.Add(counter.Count + i);
        }
    }

    private readonly struct GenericMathematics : IFunction<int, float, double>
    {
        public static double Call(int a, float b) => Polynomial(a) + Polynomial(b) + Polynomial((double)b) + Polynomial((byte)a);

        private static T Polynomial<T>(T x)
            where T : unmanaged, INumber<T> => (x * x) + (x - T.One);
    }

    private readonly struct GenericOperators : IFunction<uint, long, long>
    {
        public static long Call(uint a, long b) => (long)Mix(a, 7u) + Mix(b, 9L) + Mix((short)b, (short)5);

        private static T Mix<T>(T x, T y)
            where T : unmanaged, IBinaryInteger<T> => ((x ^ y) + (x & y)) << 2 | (x >>> 3);
    }

    private readonly struct TypeOf : IFunction<int, float, float>
    {
        public static float Call(int a, float b) => Weight<int>(a) + Weight<float>(b) + Weight<double>(a);

        private static float Weight<T>(float x)
            where T : unmanaged
        {
            if (typeof(T) == typeof(int))
                return x * 2;
            return typeof(T) != typeof(float) ? x * 4 : x * 3;
        }
    }

    private readonly struct GenericStructs : IFunction<int, long, long>
    {
        private readonly record struct Box<T>(T Value, int Tag);

        public static long Call(int a, long b)
        {
            Box<int> small = new(a, 1);
            Box<long> large = Make(b);
            return small.Value + large.Value + Tag(small) + Tag(large);
        }

        private static Box<T> Make<T>(T value) => new(value, 5);

        private static int Tag<T>(Box<T> box) => box.Tag;
    }

    private readonly struct LengthsOfTypes : IFunction<int, int, int>
    {
        public static int Call(int a, int b) => Sum<N4>(a) + Sum<Times<N2, N4>>(b);

        private static int Sum<TLength>(int x)
            where TLength : struct, ILength
        {
            int sum = 0;
            for (int i = 0; i < TLength.Value; i++)
                sum += x >> i;
            return sum;
        }
    }
}
