namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>A function on plain values, which runs on the host and in a kernel.</summary>
public interface IFunction<TLeft, TRight, TResult>
    where TLeft : unmanaged
    where TRight : unmanaged
    where TResult : unmanaged
{
    static abstract TResult Call(TLeft a, TRight b);
}
