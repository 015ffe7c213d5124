using ViCA.Native.Cli.KernelCheck;

namespace ViCA.Native.Tests.Kernels;

/// <summary>A case of `vica kernels check`, on the emulator in Check mode, against the CPU path.</summary>
internal static class CheckedCase
{
    public static TheoryData<string> Names(IEnumerable<KernelCase> cases) => [.. cases.Select(item => item.Name)];

    public static void ShouldPass(string name)
    {
        using CaseRunner runner = CaseRunner.OnEmulator();
        CaseResult result = runner.Run(KernelCases.Small.Single(item => item.Name == name));
        Assert.True(result.Passed, result.Message);
    }
}
