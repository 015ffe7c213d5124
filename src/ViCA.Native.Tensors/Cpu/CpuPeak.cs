using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>What this processor can do at best: the ceilings that the ops are measured against.</summary>
public static unsafe class CpuPeak
{
    private const int FmaIterations = 200_000;
    private const int FmaPerIteration = 16;

    /// <summary>Float32 multiply-adds in registers on all threads, in GFLOP/s (an FMA counts as two).</summary>
    public static double FmaGigaflops(CpuExecutor cpu)
    {
        FmaBody body = default;
        cpu.For(cpu.Threads, 1, ref body);
        long start = Stopwatch.GetTimestamp();
        int items = 4 * cpu.Threads;
        cpu.For(items, 1, ref body);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
        return 2.0 * FmaPerIteration * FmaIterations * lanes * items / seconds / 1e9;
    }

    /// <summary>
    /// Reading memory on all threads, in GB/s. A thread reads four streams that lie apart, which is a fifth faster than one.
    /// The tensor should be much larger than the caches.
    /// </summary>
    public static double ReadGigabytes(CpuExecutor cpu, Tensor memory)
    {
        ReadBody body = new(memory.Address);
        int blocks = (int)(memory.ByteLength / ReadBody.BlockBytes);
        long start = Stopwatch.GetTimestamp();
        cpu.For(blocks, 1, ref body);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (double)blocks * ReadBody.BlockBytes / seconds / 1e9;
    }

    private readonly struct FmaBody : IParallelBody
    {
        public void Run(int first, int end, WorkerScratch scratch)
        {
            float* sink = scratch.Floats(16);
            for (int item = first; item < end; item++)
            {
                if (Vector512.IsHardwareAccelerated)
                    Loop<Simd512, Vector512<float>>(sink);
                else
                    Loop<Simd256, Vector256<float>>(sink);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Loop<TSimd, TVector>(float* sink)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            TVector x = TSimd.Broadcast(0.999f), y = TSimd.Broadcast(0.001f);
            TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x;
            for (int i = 0; i < 2 * FmaIterations; i++)
            {
                a = TSimd.MultiplyAdd(a, x, y);
                b = TSimd.MultiplyAdd(b, x, y);
                c = TSimd.MultiplyAdd(c, x, y);
                d = TSimd.MultiplyAdd(d, x, y);
                e = TSimd.MultiplyAdd(e, x, y);
                f = TSimd.MultiplyAdd(f, x, y);
                g = TSimd.MultiplyAdd(g, x, y);
                h = TSimd.MultiplyAdd(h, x, y);
            }

            a = TSimd.Add(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), TSimd.Add(TSimd.Add(e, f), TSimd.Add(g, h)));
            TSimd.Store(a, sink);
        }
    }

    private readonly struct ReadBody(nint address) : IParallelBody
    {
        public const int BlockBytes = 1 << 20;

        public void Run(int first, int end, WorkerScratch scratch)
        {
            float* sink = scratch.Floats(16);
            for (int block = first; block < end; block++)
            {
                float* start = (float*)(address + (nint)block * BlockBytes);
                if (Vector512.IsHardwareAccelerated)
                    Read<Simd512, Vector512<float>>(start, sink);
                else
                    Read<Simd256, Vector256<float>>(start, sink);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Read<TSimd, TVector>(float* source, float* sink)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            const int Apart = BlockBytes / sizeof(float) / 4;
            TVector a = TSimd.Zero, b = TSimd.Zero, c = TSimd.Zero, d = TSimd.Zero;
            for (float* end = source + Apart; source < end; source += TSimd.Count)
            {
                a = TSimd.Add(a, TSimd.Load(source));
                b = TSimd.Add(b, TSimd.Load(source + Apart));
                c = TSimd.Add(c, TSimd.Load(source + 2 * Apart));
                d = TSimd.Add(d, TSimd.Load(source + 3 * Apart));
            }

            TSimd.Store(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)), sink);
        }
    }
}
