using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>Runs a generated program, one input per thread.</summary>
public readonly struct FuzzKernel<TProgram>(Global<FuzzInput> inputs, Global<ulong> results) : IKernel
    where TProgram : IFuzzProgram
{
    public static int BlockThreads => 32;

    public void Execute() => results[ThreadIndex.X] = TProgram.Run(inputs[ThreadIndex.X]);
}
