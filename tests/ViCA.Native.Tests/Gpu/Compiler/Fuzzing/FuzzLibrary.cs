namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>What every generated program can call: written into the generated file, so that it is compiled with it.</summary>
internal static class FuzzLibrary
{
    public const string Source = """
        using System;
        using System.Numerics;
        using ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

        public struct Mixed
        {
            public int A;
            public long B;
            public float C;
            public short D;
            public Inner E;

            public readonly int Sum(int x) => unchecked(A + D + E.X + x);

            public void Turn(int x)
            {
                unchecked
                {
                    A = (A * 3) ^ x;
                    E.Y += (byte)x;
                    D--;
                }
            }
        }

        public struct Inner
        {
            public int X;
            public byte Y;
        }

        public readonly record struct Box<T>(T Value, int Tag);

        public interface IStep
        {
            static abstract int Apply(int a, int b);

            static virtual int Bias => 3;
        }

        public readonly struct Twist : IStep
        {
            public static int Apply(int a, int b) => unchecked(a * 5 ^ b);
        }

        public readonly struct Branchy : IStep
        {
            public static int Apply(int a, int b)
            {
                if (a < b)
                    return unchecked(a - b);
                for (int i = 0; i < (b & 3); i++)
                    a ^= i << 4;
                return a;
            }

            public static int Bias => -9;
        }

        public static class Library
        {
            public static ulong Mix(ulong hash, ulong value) => unchecked(((hash << 7 | hash >> 57) ^ value) * 0x100000001B3UL);

            public static uint Bits(float x) => x == x ? BitConverter.SingleToUInt32Bits(x) : 0x7FC00000u;

            public static ulong Bits(double x) => x == x ? BitConverter.DoubleToUInt64Bits(x) : 0x7FF8000000000000UL;

            public static int ToInt(float x) => x > -2e9f && x < 2e9f ? (int)x : 77;

            public static uint ToUInt(float x) => x >= 0f && x < 4e9f ? (uint)x : 78u;

            public static long ToLong(double x) => x > -9e18 && x < 9e18 ? (long)x : 79L;

            public static ulong ToULong(double x) => x >= 0.0 && x < 1.8e19 ? (ulong)x : 80UL;

            public static int Combine<TStep>(int a, int b)
                where TStep : struct, IStep => unchecked(TStep.Apply(a, b) + TStep.Bias);

            public static T Blend<T>(T a, T b)
                where T : unmanaged, IBinaryInteger<T> => unchecked((a ^ b) + (a & b) - (b >> 1));

            public static T Weigh<T>(T a, T b)
                where T : unmanaged
            {
                if (typeof(T) == typeof(int))
                    return a;
                return b;
            }

            public static Box<T> Pack<T>(T value, int tag) => new(value, tag);

            public static void Update(ref int a, in long b, out short c)
            {
                unchecked
                {
                    c = (short)(a ^ b);
                    a += (int)b;
                }
            }

            public static void Exchange(ref Mixed a, ref Mixed b) => (a, b) = (b, a);

            public static Mixed Make(int a, long b, float c) => new() { A = a, B = b, C = c, E = new Inner { X = a } };

            public static ulong Hash(in Mixed x) => unchecked(
                Mix(Mix((ulong)x.A, (ulong)x.B), Bits(x.C)) ^ (ulong)x.D ^ (ulong)x.E.X ^ ((ulong)x.E.Y << 40));
        }

        """;
}
