namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>A generated program: a hash over all that it computes.</summary>
public interface IFuzzProgram
{
    static abstract ulong Run(FuzzInput input);
}
