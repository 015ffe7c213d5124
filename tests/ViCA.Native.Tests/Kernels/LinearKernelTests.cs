using ViCA.Native.Cli.KernelCheck.Cases;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Matrix and vector products.</summary>
public sealed class LinearKernelTests
{
    public static TheoryData<string> Cases => CheckedCase.Names(LinearCases.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnTheEmulator_MatchesTheCpu(string name) => CheckedCase.ShouldPass(name);
}
