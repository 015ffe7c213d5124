using ViCA.Native.Cli.KernelCheck.Cases;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Attention, prefill and decode.</summary>
public sealed class AttentionKernelTests
{
    public static TheoryData<string> Cases => CheckedCase.Names(AttentionCases.All);

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnTheEmulator_MatchesTheCpu(string name) => CheckedCase.ShouldPass(name);
}
