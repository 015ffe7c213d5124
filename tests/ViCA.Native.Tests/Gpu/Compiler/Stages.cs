using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>A kernel in all stages of the compiler.</summary>
internal static class Stages
{
    /// <summary>
    /// Verifies and runs the IR after the import and after each pass, and the PTX on the emulator. The last buffer goes
    /// to <paramref name="check"/> with the stage's name.
    /// </summary>
    public static void RunAll(Type kernel, byte[][] buffers, int blocks, Action<byte[], string> check)
    {
        using LineTable lines = new();
        IrFunction ir = KernelCompiler.Lower(kernel, GpuTarget.Sm80, lines, passes: 0);
        Check(ir, "import");
        foreach ((string pass, Action<IrFunction> run) in KernelCompiler.Passes)
        {
            run(ir);
            Check(ir, pass);
        }

        CompiledKernel compiled = KernelCompiler.Compile(kernel, GpuTarget.Sm80);
        byte[][] copy = Copy(buffers);
        EmulatedRun.Launch(compiled, copy, blocks);
        check(copy[^1], "writing PTX");

        void Check(IrFunction function, string stage)
        {
            AssertWellFormed(function, stage);
            byte[][] copy = Copy(buffers);
            IrRun.Launch(function, copy, blocks, 32);
            check(copy[^1], stage);
        }
    }

    public static void AssertWellFormed(IrFunction function, string stage)
    {
        IReadOnlyList<string> problems = IrVerifier.Verify(function);
        Assert.True(problems.Count == 0, $"after {stage}: {string.Join("\n", problems)}\n{function}");
    }

    private static byte[][] Copy(byte[][] buffers) => [.. buffers.Select(buffer => (byte[])buffer.Clone())];
}
