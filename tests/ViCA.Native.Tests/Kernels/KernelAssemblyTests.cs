using System.Globalization;
using System.Reflection;
using System.Text;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.Ptxas;
using ViCA.Native.Kernels;
using ViCA.Native.Tests.Gpu;

namespace ViCA.Native.Tests.Kernels;

/// <summary>What NVIDIA's assembler says about every instance of every kernel.</summary>
public sealed class KernelAssemblyTests
{
    /// <summary>The release whose registers the table holds; another one only has to accept the kernels.</summary>
    private const string TableRelease = "12.4";

    private static string TablePath => Path.Combine(RepositoryPaths.Root, "kernels", "registers.txt");

    [SkippableFact]
    public void EveryInstance_AssemblesWithoutSpills_WithTheRegistersOfTheTable()
    {
        PtxAssembler assembler = CudaToolkit.Assembler();
        IReadOnlyList<Type> kernels = KernelCatalog.Of(KernelLibrary.Assembly);
        string[] rows = new string[kernels.Count];
        List<string> problems = [];
        Parallel.For(0, kernels.Count, i =>
        {
            StringBuilder row = new(KernelCatalog.NameOf(kernels[i]));
            foreach ((GpuTarget target, string name) in Targets)
            {
                PtxasReport report = assembler.Assemble(KernelCompiler.Compile(kernels[i], target).Ptx, name);
                row.Append(CultureInfo.InvariantCulture, $" | {(report.Entries.Count == 1 ? report.Entries[0].Registers : 0)}");
                lock (problems)
                    problems.AddRange(report.Problems.Select(problem => $"{row} {name}: {problem}"));
            }

            rows[i] = row.ToString();
        });

        Assert.Empty(problems);
        Skip.IfNot(
            assembler.Version == TableRelease && IsOptimised(KernelLibrary.Assembly),
            $"the table of registers is for ptxas {TableRelease} and Release IL (here {assembler.Version})");
        string table = "kernel | registers sm_80 | registers sm_90a\n" + string.Join('\n', rows) + "\n";
        string actual = Path.Combine(RepositoryPaths.Root, ".build", "registers.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(actual)!);
        File.WriteAllText(actual, table);
        Assert.Equal(File.ReadAllText(TablePath), table);
    }

    [Fact]
    public void NoInstance_HasLocalMemoryOrCalls()
    {
        foreach (Type kernel in KernelCatalog.Of(KernelLibrary.Assembly))
        {
            string ptx = KernelCompiler.Compile(kernel, GpuTarget.Sm80).Ptx;
            Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
            Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("RmsNorm<fp32, 8>")]
    [InlineData("RmsNorm<bf16, 8>")]
    [InlineData("Softmax<bf16, 8>")]
    public void RowKernel_LoadsSixteenBytesAtOnce(string name)
    {
        Type kernel = KernelCatalog.Of(KernelLibrary.Assembly).Single(type => KernelCatalog.NameOf(type) == name);
        string ptx = KernelCompiler.Compile(kernel, GpuTarget.Sm80).Ptx;
        Assert.Matches(@"ld\.global(\.nc)?\.v4\.(b32|f32)", ptx);
        Assert.Matches(@"st\.global\.v4\.(b32|f32)", ptx);
    }

    [Fact]
    public void EveryInstance_CompilesToTheSameBytesAgain()
    {
        foreach (Type kernel in KernelCatalog.Of(KernelLibrary.Assembly))
        {
            Assert.Equal(
                KernelCompiler.Compile(kernel, GpuTarget.Sm90a).Ptx, KernelCompiler.Compile(kernel, GpuTarget.Sm90a).Ptx);
        }
    }

    private static (GpuTarget Target, string Name)[] Targets => [(GpuTarget.Sm80, "sm_80"), (GpuTarget.Sm90a, "sm_90a")];

    private static bool IsOptimised(Assembly assembly) =>
        assembly.GetCustomAttribute<System.Diagnostics.DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
}
