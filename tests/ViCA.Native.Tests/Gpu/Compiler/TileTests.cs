using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>
/// Register tiles: the loops that index them are unrolled unasked. The host has no tiles, so each program comes with the
/// same result in plain C#.
/// </summary>
public class TileTests
{
    private readonly struct Kernel<TProgram>(Global<int> left, Global<int> right, Global<int> results) : IKernel
        where TProgram : IProgram
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int index = ThreadIndex.X;
            results[index] = TProgram.Run(left[index], right[index]);
        }
    }

    private interface IProgram
    {
        static abstract int Run(int a, int b);

        static abstract int Expect(int a, int b);
    }

    private struct SumOfTile : IProgram
    {
        public static int Run(int a, int b)
        {
            Registers<int, N8> tile = default;
            for (int i = 0; i < 8; i++)
                tile[i] = a + (i * b);
            int sum = 0;
            for (int i = 7; i >= 0; i--)
                sum = (sum * 3) + tile[i];
            return sum;
        }

        public static int Expect(int a, int b)
        {
            int sum = 0;
            for (int i = 7; i >= 0; i--)
                sum = (sum * 3) + a + (i * b);
            return sum;
        }
    }

    private struct TileInKeptLoop : IProgram
    {
        public static int Run(int a, int b)
        {
            Registers<int, N4> tile = default;
            for (int k = 0; k < (b & 7); k++)
            {
                Unroll.None();
                for (int i = 0; i < 4; i++)
                    tile[i] += (a >> i) ^ k;
            }

            return tile[0] + (2 * tile[1]) + (3 * tile[2]) + (4 * tile[3]);
        }

        public static int Expect(int a, int b)
        {
            int sum = 0;
            for (int i = 0; i < 4; i++)
            {
                for (int k = 0; k < (b & 7); k++)
                    sum += (i + 1) * ((a >> i) ^ k);
            }

            return sum;
        }
    }

    private struct TwoDimensions : IProgram
    {
        public static int Run(int a, int b)
        {
            Registers<int, Times<N4, N2>> tile = default;
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j < 2; j++)
                    Add(ref tile[(i * 2) + j], (a * i) + (b * j));
            }

            Registers<int, Times<N4, N2>> copy = tile;
            copy[0] = 99;
            return Total(copy) + tile[0];
        }

        public static int Expect(int a, int b) => (12 * a) + (4 * b) + 8 + 99 - 1 + 1;

        private static void Add(ref int element, int amount) => element += amount + 1;

        private static int Total(Registers<int, Times<N4, N2>> tile)
        {
            int total = 0;
            for (int i = 0; i < 8; i++)
                total += tile[i];
            return total;
        }
    }

    private struct BreakAtConstant : IProgram
    {
        public static int Run(int a, int b)
        {
            Registers<int, N4> tile = default;
            int i = 0;
            while (true)
            {
                tile[i] = a ^ i;
                if (++i == 4)
                    break;
                if (i == 2)
                    continue;
                tile[i] = b;
            }

            return tile[0] - tile[1] + tile[2] - tile[3] + Unsafe.SizeOf<long>();
        }

        public static int Expect(int a, int b) => a - (a ^ 1) + (a ^ 2) - (a ^ 3) + 8;
    }

    [Theory]
    [InlineData(typeof(SumOfTile))]
    [InlineData(typeof(TileInKeptLoop))]
    [InlineData(typeof(TwoDimensions))]
    [InlineData(typeof(BreakAtConstant))]
    public void Tile_InAKernel_GivesWhatTheHostGivesWithoutIt(Type program)
    {
        byte[][] buffers = new byte[3][];
        for (int i = 0; i < buffers.Length; i++)
            buffers[i] = new byte[32 * sizeof(int)];
        Func<int, int, int> expect = program.GetMethod(nameof(IProgram.Expect))!.CreateDelegate<Func<int, int, int>>();
        Span<int> left = MemoryMarshal.Cast<byte, int>(buffers[0].AsSpan());
        Span<int> right = MemoryMarshal.Cast<byte, int>(buffers[1].AsSpan());
        for (int i = 0; i < 32; i++)
            (left[i], right[i]) = (i * 7919, 5 - (i * 3));

        Stages.RunAll(typeof(Kernel<>).MakeGenericType(program), buffers, blocks: 1, (results, stage) =>
        {
            for (int i = 0; i < 32; i++)
            {
                int expected = expect(i * 7919, 5 - (i * 3));
                Assert.True(
                    expected == BitConverter.ToInt32(results, 4 * i),
                    $"{program.Name}, thread {i}, after {stage}: {BitConverter.ToInt32(results, 4 * i)}, expected {expected}");
            }
        });
    }
}
