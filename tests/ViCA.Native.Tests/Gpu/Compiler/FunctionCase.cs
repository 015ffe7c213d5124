using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>A function with all pairs of the samples of its types.</summary>
internal sealed class FunctionCase<TFunction, TLeft, TRight, TResult> : IFunctionCase
    where TFunction : IFunction<TLeft, TRight, TResult>
    where TLeft : unmanaged
    where TRight : unmanaged
    where TResult : unmanaged
{
    private readonly TLeft[] _left;
    private readonly TRight[] _right;

    public FunctionCase()
    {
        (TLeft Left, TRight Right)[] pairs =
            [.. Samples.Of<TLeft>().SelectMany(left => Samples.Of<TRight>().Select(right => (left, right)))];
        Blocks = (pairs.Length + 31) / 32;
        _left = new TLeft[Blocks * 32];
        _right = new TRight[Blocks * 32];
        for (int i = 0; i < _left.Length; i++)
            (_left[i], _right[i]) = pairs[i % pairs.Length];
    }

    public Type Kernel => typeof(Evaluate<TFunction, TLeft, TRight, TResult>);

    public int Blocks { get; }

    public byte[][] Buffers() =>
    [
        MemoryMarshal.AsBytes<TLeft>(_left).ToArray(),
        MemoryMarshal.AsBytes<TRight>(_right).ToArray(),
        new byte[_left.Length * Unsafe.SizeOf<TResult>()],
    ];

    public void Compare(byte[] results, string stage)
    {
        ReadOnlySpan<TResult> found = MemoryMarshal.Cast<byte, TResult>(results);
        for (int i = 0; i < found.Length; i++)
        {
            TResult expected = TFunction.Call(_left[i], _right[i]);
            Assert.True(
                Samples.Canonical(found[i]).AsSpan().SequenceEqual(Samples.Canonical(expected)),
                $"{typeof(TFunction).Name}({_left[i]}, {_right[i]}) after {stage}: {found[i]}, the host says {expected}");
        }
    }
}
