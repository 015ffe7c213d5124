using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Checking;

/// <summary>Small kernels, as text.</summary>
public sealed class RegisterCheckerTests
{
    [Fact]
    public void TheUseOfARegisterThatWasNotWritten_IsFound()
    {
        EmulatorFinding finding = Assert.Single(Check(
            """
            add.u32 %r2, %r1, 1;
            """));

        Assert.Equal(FindingKinds.UninitialisedRegister, finding.Kind);
        Assert.Equal(5, finding.PtxLine);
        Assert.Equal(
            "block (0, 0, 0) warp 0: lanes 0xffffffff use a register that they have not written", finding.Message);
    }

    [Fact]
    public void ACopy_IsNoUse() => Assert.Empty(Check(
        """
        mov.u32 %r2, %r1;
        mov.u32 %r2, 7;
        add.u32 %r3, %r2, 1;
        """));

    [Theory]
    [InlineData("prmt.b32 %r2, %r0, %r1, 0x1032;")]
    [InlineData("prmt.b32 %r2, %r1, %r0, 0x7654;")]
    public void APermuteThatChoosesNoByteOfARegister_DoesNotUseIt(string permute) =>
        Assert.Empty(Check($"mov.u32 %r0, 5;\n{permute}\nadd.u32 %r3, %r2, 1;"));

    [Fact]
    public void APermuteThatChoosesAByteOfARegister_UsesIt() =>
        Assert.Single(Check("mov.u32 %r0, 5;\nprmt.b32 %r2, %r0, %r1, 0x1034;"));

    [Fact]
    public void TheUseOfACopy_IsFound() => Assert.Equal(
        [6],
        Check(
            """
            mov.u32 %r2, %r1;
            add.u32 %r3, %r2, 1;
            """).Select(finding => finding.PtxLine));

    [Fact]
    public void OnlyLanesThatWrote_MayUseIt()
    {
        EmulatorFinding finding = Assert.Single(Check(
            """
            mov.u32 %r1, %laneid;
            setp.lt.u32 %p1, %r1, 4;
            @%p1 mov.u32 %r2, 1;
            @%p1 add.u32 %r3, %r2, 1;
            add.u32 %r3, %r2, 1;
            """));

        Assert.Equal(9, finding.PtxLine);
        Assert.Contains("lanes 0xfffffff0 ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGuardThatWasNotWritten_IsFound() => Assert.Equal(
        [5], Check("@%p1 mov.u32 %r2, 1;").Select(finding => finding.PtxLine));

    /// <summary>The lines stand from line 5 on.</summary>
    private static IReadOnlyList<EmulatorFinding> Check(string lines)
    {
        string text = $$"""
            .version 8.0
            .target sm_80
            .address_size 64
            .visible .entry k() { .reg .b32 %r<4>; .reg .pred %p<2>;
            {{lines}}
            ret; }
            """;
        using EmulatedMemory memory = new();
        using EmulatedModule module = new(PtxModule.Parse(text), memory);
        return module.Launch("k", new Dim3(1), new Dim3(32), 0, [], EmulatorMode.Check, 1, CancellationToken.None)
            .Findings;
    }
}
