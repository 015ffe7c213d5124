using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Kernels;
using ViCA.Native.Tests.Cli;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>The model's kernels on their way through the compiler.</summary>
public class KernelStagesTests
{
    public static TheoryData<GpuTarget> Targets() => [GpuTarget.Sm80, GpuTarget.Sm90a];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Kernels_AfterEveryPass_AreWellFormed(GpuTarget target)
    {
        using LineTable lines = new();
        foreach (Type kernel in KernelCatalog.Of(KernelLibrary.Assembly))
        {
            IrFunction ir = KernelCompiler.Lower(kernel, target, lines, passes: 0);
            Stages.AssertWellFormed(ir, $"{kernel.Name}: import");
            foreach ((string pass, Action<IrFunction> run) in KernelCompiler.Passes)
            {
                run(ir);
                Stages.AssertWellFormed(ir, $"{kernel.Name}: {pass}");
            }
        }
    }

    [Fact]
    public void Passes_RunASecondTime_KeepIrWellFormed()
    {
        using LineTable lines = new();
        foreach (Type kernel in KernelCatalog.Of(KernelLibrary.Assembly))
        {
            IrFunction ir = KernelCompiler.Lower(kernel, GpuTarget.Sm80, lines, KernelCompiler.Passes.Count);
            foreach ((string pass, Action<IrFunction> run) in KernelCompiler.Passes)
            {
                run(ir);
                Stages.AssertWellFormed(ir, $"{kernel.Name}: {pass} again");
            }
        }
    }

    [Fact]
    public void Compile_AgainAndInAnotherOrder_GivesTheSameBytes()
    {
        IReadOnlyList<Type> kernels = KernelCatalog.Of(KernelLibrary.Assembly);
        Dictionary<Type, string> first = kernels.ToDictionary(kernel => kernel, Ptx);
        foreach (Type kernel in kernels.Reverse())
            Assert.Equal(first[kernel], Ptx(kernel));
        Parallel.ForEach(kernels, kernel => Assert.Equal(first[kernel], Ptx(kernel)));

        static string Ptx(Type kernel) => KernelCompiler.Compile(kernel, GpuTarget.Sm80).Ptx;
    }

    [Theory]
    [InlineData("Softmax<bf16, 8>")]
    [InlineData("Gemm<bf16, bf16, bf16, 4, 4, 8>")]
    [InlineData("DecodeAttention<fp32, 8>")]
    public void Compile_InAnotherProcess_GivesTheSameBytes(string name)
    {
        Type kernel = KernelCatalog.Of(KernelLibrary.Assembly).Single(type => KernelCatalog.NameOf(type) == name);

        CliRun run = CliProcess.Run(["inspect", "kernel", name, "--stage", "ptx", "--arch", "sm_80"]);

        Assert.Equal(KernelCompiler.Compile(kernel, GpuTarget.Sm80).Ptx.TrimEnd(), run.Output.TrimEnd());
    }
}
