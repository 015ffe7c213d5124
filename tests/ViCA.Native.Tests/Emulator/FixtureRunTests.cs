using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Tests.Emulator;

/// <summary>Every kernel that another compiler made, and every planted defect.</summary>
public sealed class FixtureRunTests
{
    /// <summary>Defects in what the emulator does not have, and what it refuses by name.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["broken_bulk_read_wait"] = "mbarrier",
        ["broken_cluster_exit"] = "cluster",
        ["broken_cp_async_depth"] = "cp.async",
        ["broken_cp_async_uncommitted"] = "cp.async",
        ["broken_cp_async_wait"] = "cp.async",
        ["broken_expect_tx_high"] = "tensor maps",
        ["broken_expect_tx_low"] = "tensor maps",
        ["broken_mbarrier_no_init"] = "mbarrier",
        ["broken_mbarrier_parity"] = "mbarrier",
        ["broken_misaligned_ldmatrix"] = "ldmatrix",
        ["broken_proxy_fence"] = "mbarrier",
        ["broken_proxy_fence_wgmma"] = "wgmma",
        ["broken_tma_align"] = "tensor maps",
        ["broken_wgmma_fence"] = "fence.proxy.async",
        ["broken_wgmma_wait"] = "fence.proxy.async",
    };

    public static TheoryData<string, string, GpuTarget> Cases => CasesOf(PtxFixtures.Kernels);

    public static TheoryData<string, string, GpuTarget> CleanCases
    {
        get
        {
            TheoryData<string, string, GpuTarget> clean = [];
            foreach (object[] row in Cases)
            {
                if (PtxFixtures.MustBeClean((string)row[0], (string)row[1]))
                    clean.Add((string)row[0], (string)row[1], (GpuTarget)row[2]);
            }
            return clean;
        }
    }

    public static TheoryData<string> FoundDefects => [.. PtxFixtures.Defects.Where(name => !Refused.ContainsKey(name))];

    public static TheoryData<string> RefusedDefects => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ACase_GivesItsOutputsAndCounters(string kernel, string name, GpuTarget target) =>
        ShouldPass(Run(kernel, name, target, EmulatorMode.Run));

    [Theory]
    [MemberData(nameof(CleanCases))]
    public void ACorrectCase_IsClean(string kernel, string name, GpuTarget target) =>
        ShouldPass(Run(kernel, name, target, EmulatorMode.Check));

    [Theory]
    [MemberData(nameof(FoundDefects))]
    public void APlantedDefect_IsFound(string name)
    {
        PtxDescription description = PtxFixtures.Load(name);
        PtxCaseResult result = Run(name, "defect", description.Sources.Keys.Single(), EmulatorMode.Check);

        string found = string.Join('\n', result.Findings);
        Assert.Null(result.Refusal);
        Assert.True(result.Passed, $"expected {description.ExpectedFinding}, found\n{found}");
    }

    [Theory]
    [MemberData(nameof(RefusedDefects))]
    public void ADefectInWhatIsNotThere_IsRefusedByName(string name)
    {
        PtxCaseResult result = Run(
            name, "defect", PtxFixtures.Load(name).Sources.Keys.Single(), EmulatorMode.Check);

        Assert.False(result.Passed);
        Assert.Contains(Refused[name], result.Refusal?.Message ?? "", StringComparison.Ordinal);
    }

    private static TheoryData<string, string, GpuTarget> CasesOf(IEnumerable<string> names)
    {
        TheoryData<string, string, GpuTarget> data = [];
        foreach (string name in names)
        {
            PtxDescription description = PtxFixtures.Load(name);
            foreach (PtxCase item in description.Cases)
            {
                foreach (GpuTarget target in item.Targets ?? [.. description.Sources.Keys])
                    data.Add(name, item.Name, target);
            }
        }
        return data;
    }

    private static PtxCaseResult Run(string kernel, string name, GpuTarget target, EmulatorMode mode)
    {
        PtxDescription description = PtxFixtures.Load(kernel);
        return PtxDescriptionRun.Run(
            description, description.Cases.Single(item => item.Name == name), target, mode);
    }

    private static void ShouldPass(PtxCaseResult result)
    {
        string problems = string.Join(
            '\n',
            [
                result.Refusal?.Message,
                .. result.Outputs.Where(output => !output.IsEqual).Select(output => $"{output.Buffer}: {output.FirstDifference}"),
                .. result.Findings,
                .. result.Counters.Where(counter => !counter.IsEqual).Select(counter => $"{counter.Counters}"),
            ]);
        Assert.True(result.Passed, problems);
    }
}
