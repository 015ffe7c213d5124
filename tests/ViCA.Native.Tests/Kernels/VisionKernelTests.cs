using ViCA.Native.Cli.KernelCheck.Cases;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The kernels around the vision tower.</summary>
public sealed class VisionKernelTests
{
    public static TheoryData<string> Cases => CheckedCase.Names(VisionCases.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnTheEmulator_MatchesTheCpu(string name) => CheckedCase.ShouldPass(name);
}
