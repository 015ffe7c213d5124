using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Tests.Emulator.Profiling;

public sealed class LaunchCountersTests
{
    [Fact]
    public void Counters_DoNotDependOnTheNumberOfThreads()
    {
        EmulatorCounters one = Profile("gemm_naive", "tiled", 1);
        EmulatorCounters four = Profile("gemm_naive", "tiled", 4);

        Assert.Equal(one.Instructions, four.Instructions);
    }

    [Fact]
    public void Saxpy_CountsItsLanesAndWork()
    {
        EmulatorCounters counters = Profile("saxpy", "n1000", 0);

        InstructionCounters fma = Assert.Single(counters.Instructions, row => row.Instruction == "fma.rn.f32");
        Assert.Equal(32, fma.Issued);
        Assert.Equal(1000, fma.ActiveLanes);
        Assert.Equal(2000, counters.FloatingPointOperations);
        Assert.Equal(250, counters.Memory("ld.global").Sectors);
        Assert.Equal(8000, counters.Memory("ld.global").BytesUsed);
        Assert.Equal(32, counters.ByClass()[InstructionClass.Float]);
        Assert.Equal(96, counters.ByClass()[InstructionClass.GlobalMemory]);
        InstructionCounters branch = counters.Instructions.First(row => row.Class == InstructionClass.Control);
        Assert.Equal(24, branch.ActiveLanes);
        Assert.Equal(1000, branch.PredicatedOffLanes);
    }

    private static EmulatorCounters Profile(string kernel, string name, int workers)
    {
        PtxDescription description = PtxFixtures.Load(kernel);
        PtxCase item = description.Cases.Single(item => item.Name == name);
        PtxCaseResult result = PtxDescriptionRun.Run(
            description, item, GpuTarget.Sm80, EmulatorMode.Profile, workers);
        return result.Profile!;
    }
}
