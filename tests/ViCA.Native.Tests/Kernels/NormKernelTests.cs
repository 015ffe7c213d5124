using ViCA.Native.Cli.KernelCheck.Cases;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The kernels that reduce rows.</summary>
public sealed class NormKernelTests
{
    public static TheoryData<string> Cases => CheckedCase.Names(NormCases.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnTheEmulator_MatchesTheCpu(string name) => CheckedCase.ShouldPass(name);
}
