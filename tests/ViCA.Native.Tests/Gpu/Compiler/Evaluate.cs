using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>The kernel that calls a function: one thread per pair of arguments.</summary>
public readonly struct Evaluate<TFunction, TLeft, TRight, TResult>(
    Global<TLeft> left, Global<TRight> right, Global<TResult> results) : IKernel
    where TFunction : IFunction<TLeft, TRight, TResult>
    where TLeft : unmanaged
    where TRight : unmanaged
    where TResult : unmanaged
{
    public static int BlockThreads => 32;

    public void Execute()
    {
        int index = BlockIndex.X * BlockThreads + ThreadIndex.X;
        results[index] = TFunction.Call(left[index], right[index]);
    }
}
