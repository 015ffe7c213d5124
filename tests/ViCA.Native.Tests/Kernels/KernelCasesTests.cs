using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Kernels;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The table of cases that the tests, `vica kernels check` and a GPU run share.</summary>
public sealed class KernelCasesTests
{
    [Fact]
    public void SmallCases_LaunchEveryInstanceOfEveryKernel()
    {
        using RecordingDevice device = new();
        using CpuExecutor cpu = new(1);
        foreach (KernelCase item in KernelCases.Small)
            Prepare(item, new OpContext(cpu, new Workspace(device)));

        IEnumerable<string> all = KernelCatalog.Of(KernelLibrary.Assembly).Select(KernelCatalog.NameOf);
        Assert.Equal("", string.Join("; ", all.Except(device.Kernels)));
    }

    [Fact]
    public void Names_AreDifferent_AndHaveNoSpaces()
    {
        string[] names = [.. KernelCases.Small.Concat(KernelCases.ModelSize).Select(item => item.Name)];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain(names, name => name.Any(char.IsWhiteSpace));
    }

    [Fact]
    public void Inputs_AreTheSameOnEveryDevice()
    {
        using RecordingDevice device = new();
        using CpuExecutor cpu = new(1);
        using CaseTensors onHost = new(new OpContext(cpu, new Workspace()));
        using CaseTensors onDevice = new(new OpContext(cpu, new Workspace(device)));
        foreach (CaseTensors tensors in (CaseTensors[])[onHost, onDevice])
        {
            tensors.InputOutput(DType.BF16, 3, 5, 2);
            tensors.InputOutput(DType.F32, 2, 7);
            tensors.Output(DType.BF16, 1, 4);
        }

        IReadOnlyList<CaseOutput> host = onHost.Read(), copy = onDevice.Read();
        Assert.Equal(host.Select(output => output.Bytes), copy.Select(output => output.Bytes));
        Assert.All(Enumerable.Range(0, 15), i => Assert.InRange(host[0][i], -2f, 2f));
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(float.NaN, host[2][i]));
        Assert.Equal(2 * 2 * 15 + 2 * 4 * 14 + 2 * 4, onHost.Bytes);
    }

    [Theory]
    [InlineData("RmsNorm", 20)]
    [InlineData("RmsNorm/BF16", 10)]
    [InlineData("RmsNorm/BF16/1x1", 1)]
    public void Select_TakesNamesAndTheirFirstParts(string word, int count) =>
        Assert.Equal(count, KernelCases.Select(KernelCases.Small, [word]).Count);

    private static void Prepare(KernelCase item, OpContext context)
    {
        using CaseTensors tensors = new(context);
        item.Prepare(tensors)();
    }
}
