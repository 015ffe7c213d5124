using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// A fixed set of worker threads for the loops of the CPU ops. A loop's items are handed out in order to whoever is
/// free; since items are independent, results do not depend on the number of threads. One loop at a time.
/// </summary>
public sealed unsafe class CpuExecutor : IDisposable
{
    private readonly Thread[] _workers;
    private readonly SemaphoreSlim[] _wake;
    private readonly WorkerScratch[] _scratch;
    private readonly ManualResetEventSlim _done = new(false);
    private delegate*<void*, int, int, WorkerScratch, void> _run;
    private void* _body;
    private int _count;
    private int _grain;
    private int _next;
    private int _running;
    private volatile bool _stop;
    private Exception? _failure;

    /// <param name="threads">Threads that work on a loop, the caller's included; 0 means one for each processor.</param>
    public CpuExecutor(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _scratch = new WorkerScratch[Threads];
        for (int i = 0; i < Threads; i++)
            _scratch[i] = new WorkerScratch();
        _workers = new Thread[Threads - 1];
        _wake = new SemaphoreSlim[Threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            int worker = i;
            _wake[i] = new SemaphoreSlim(0);
            _workers[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"vica cpu {i + 1}" };
            _workers[i].Start();
        }
    }

    /// <summary>Threads that work on a loop.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="body"/> on the items 0 … count - 1, <paramref name="grain"/> at a time.</summary>
    internal void For<TBody>(int count, int grain, ref TBody body)
        where TBody : struct, IParallelBody
    {
        if (count <= 0)
            return;
        if (count <= grain || _workers.Length == 0)
        {
            body.Run(0, count, _scratch[0]);
            return;
        }

        _body = Unsafe.AsPointer(ref body);
        _run = &Invoke<TBody>;
        _count = count;
        _grain = grain;
        _next = 0;
        int helpers = Math.Min(_workers.Length, (count + grain - 1) / grain - 1);
        _running = helpers;
        _done.Reset();
        for (int i = 0; i < helpers; i++)
            _wake[i].Release();
        Drain(_scratch[0]);
        _done.Wait();
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stop)
            return;
        _stop = true;
        foreach (SemaphoreSlim wake in _wake)
            wake.Release();
        foreach (Thread worker in _workers)
            worker.Join();
        foreach (SemaphoreSlim wake in _wake)
            wake.Dispose();
        foreach (WorkerScratch scratch in _scratch)
            scratch.Dispose();
        _done.Dispose();
    }

    private static void Invoke<TBody>(void* body, int first, int end, WorkerScratch scratch)
        where TBody : struct, IParallelBody => Unsafe.AsRef<TBody>(body).Run(first, end, scratch);

    private void Work(int worker)
    {
        while (true)
        {
            _wake[worker].Wait();
            if (_stop)
                return;
            Drain(_scratch[worker + 1]);
            if (Interlocked.Decrement(ref _running) == 0)
                _done.Set();
        }
    }

    private void Drain(WorkerScratch scratch)
    {
        try
        {
            while (true)
            {
                int first = Interlocked.Add(ref _next, _grain) - _grain;
                if (first >= _count || first < 0)
                    return;
                _run(_body, first, Math.Min(first + _grain, _count), scratch);
            }
        }
        catch (Exception exception)
        {
            // Rethrown on the caller's thread when all workers have left the loop.
            Interlocked.CompareExchange(ref _failure, exception, null);
            Volatile.Write(ref _next, _count);
        }
    }
}
