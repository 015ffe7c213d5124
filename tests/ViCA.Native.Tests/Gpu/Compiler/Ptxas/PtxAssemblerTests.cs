using ViCA.Native.Gpu.Compiler.Ptxas;

namespace ViCA.Native.Tests.Gpu.Compiler.Ptxas;

public sealed class PtxAssemblerTests
{
    // nvcc 13 says 9.0, which ptxas 12.4 does not know; none of these needs it.
    private static string Fixture(string name) =>
        File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, "ptx", $"{name}.ptx"))
            .Replace(".version 9.0", ".version 8.4", StringComparison.Ordinal);

    [SkippableFact]
    public void Reports_Resources()
    {
        PtxasReport report = CudaToolkit.Assembler().Assemble(Fixture("block_reduce.sm_80"), "sm_80");

        Assert.Empty(report.Problems);
        Assert.True(report.Passed);
        Assert.Equal(["reduce_f32", "reduce_i32"], report.Entries.Select(entry => entry.Name).Order());
        PtxasEntry sum = report.Entries.Single(entry => entry.Name == "reduce_f32");
        Assert.Equal(sum with { StackBytes = 0, SpillStoreBytes = 0, SpillLoadBytes = 0, SharedBytes = 1024 }, sum);
        Assert.InRange(sum.Registers, 8, 32);
        Assert.Equal("\u007fELF"u8, report.Cubin.AsSpan(0, 4));
    }

    [SkippableTheory]
    [InlineData("saxpy.sm_80", "sm_80")]
    [InlineData("saxpy.sm_80", "sm_90a")]
    [InlineData("elect.sm_90a", "sm_90a")]
    public void Passes_WhatNvccMade(string fixture, string architecture) =>
        Assert.Empty(CudaToolkit.Assembler().Assemble(Fixture(fixture), architecture).Problems);

    [SkippableFact]
    public void Refuses_SpillsAndLocalMemory()
    {
        PtxasReport report = CudaToolkit.Assembler().Assemble(Fixture("func_call.sm_80"), "sm_80");

        Assert.False(report.Passed);
        Assert.Empty(report.Cubin);
        Assert.Contains(report.Problems, line => line.Contains("Registers are spilled", StringComparison.Ordinal));
        Assert.Contains(
            report.Problems,
            line => line.Contains("Local memory used for function 'func_call'", StringComparison.Ordinal));
        Assert.Equal(16, report.Entries.Single(entry => entry.Name == "func_call").StackBytes);
        // The spills belong to a function that it calls.
        Assert.Equal(0, report.Entries.Single(entry => entry.Name == "func_recursive").SpillStoreBytes);
    }

    [SkippableFact]
    public void Refuses_RemarksOnIgnoredRegisterBudgets()
    {
        const string Ptx = """
            .version 8.0
            .target sm_90a
            .address_size 64
            .visible .entry budget() .maxntid 128
            {
                setmaxnreg.dec.sync.aligned.u32 40;
                ret;
            }
            """;

        PtxasReport report = CudaToolkit.Assembler().Assemble(Ptx, "sm_90a");

        Assert.Contains("(C7508)", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Refuses_WrongText_WithItsLine()
    {
        const string Ptx = """
            .version 8.0
            .target sm_80
            .address_size 64
            .visible .entry wrong()
            {
                .reg .b32 %r<2>;
                add.s32 %r0, %r1;
                ret;
            }
            """;

        PtxasReport report = CudaToolkit.Assembler().Assemble(Ptx, "sm_80");

        Assert.StartsWith("ptxas kernel.ptx, line 7; error", report.Problems[0], StringComparison.Ordinal);
        Assert.Empty(report.Entries);
    }

    [SkippableFact]
    public void Knows_ItsRelease() => Assert.Matches(@"^\d+\.\d+$", CudaToolkit.Assembler().Version);

    [SkippableFact]
    public void Disassembles_WhatItAssembled()
    {
        PtxasReport report = CudaToolkit.Assembler().Assemble(Fixture("saxpy.sm_80"), "sm_80");

        string sass = CudaToolkit.Disassembler().Disassemble(report.Cubin);

        Assert.Contains(".text.saxpy:", sass, StringComparison.Ordinal);
        Assert.Contains("FFMA", sass, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Refuses_ToDisassembleWhatIsNoCubin()
    {
        EnvironmentException refused = Assert.Throws<EnvironmentException>(
            () => CudaToolkit.Disassembler().Disassemble("no cubin"u8));

        Assert.Equal(ErrorCodes.EnvCuda, refused.Code);
    }

    [Fact]
    public void Finds_NothingUnderAnotherName() =>
        Assert.Null(CudaTools.Find("ptxas-that-nobody-has", [Path.GetTempPath()]));
}
