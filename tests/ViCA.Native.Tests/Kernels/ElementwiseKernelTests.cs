using ViCA.Native.Cli.KernelCheck.Cases;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Kernels that work element by element.</summary>
public sealed class ElementwiseKernelTests
{
    public static TheoryData<string> Cases => CheckedCase.Names(ElementwiseCases.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnTheEmulator_MatchesTheCpu(string name) => CheckedCase.ShouldPass(name);
}
