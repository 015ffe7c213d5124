using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Parsing;

public class PtxModuleTests
{
    private const string Header = ".version 8.4\n.target sm_90a, debug\n.address_size 64\n";

    [Fact]
    public void Parse_ReadsVersionTargetAndEntries()
    {
        PtxModule module = PtxModule.Parse(Header + ".visible .entry a() { ret; }\n.entry b() { exit; }");

        Assert.Equal(new Version(8, 4), module.Version);
        Assert.Equal("sm_90a", module.Target);
        Assert.Equal(["a", "b"], module.Entries.Keys.Order());
    }

    [Fact]
    public void Parse_LaysParametersOutByTheirAlignment()
    {
        PtxModule module = PtxModule.Parse(Header + """
            .entry k(
                .param .u8 flag,
                .param .u64 .ptr .global .align 16 pointer,
                .param .align 16 .b8 block[20],
                .param .v2 .f32 pair[2],
                .param .s16 last
            ) { ret; }
            """);

        PtxEntry entry = module.Entries["k"];
        Assert.Equal([0, 8, 16, 40, 56], entry.Parameters.Select(parameter => parameter.Offset));
        Assert.Equal([1, 8, 20, 16, 2], entry.Parameters.Select(parameter => parameter.Bytes));
        Assert.Equal(58, entry.ParameterBytes);
    }

    [Fact]
    public void Parse_ReadsLaunchBounds()
    {
        PtxModule module = PtxModule.Parse(Header + """
            .entry a() .maxntid 256, 2 .minnctapersm 2 { ret; }
            .entry b()
            .reqntid 128, 1, 1
            .maxnreg 64
            { ret; }
            """);

        Assert.Equal(new Dim3(256, 2), module.Entries["a"].MaximumBlock);
        Assert.Equal(new Dim3(128), module.Entries["b"].RequiredBlock);
        Assert.Null(module.Entries["a"].RequiredBlock);
    }

    [Fact]
    public void StaticSharedBytes_CountsWhatTheEntryReaches()
    {
        PtxModule module = PtxModule.Parse(Header + """
            .shared .align 16 .b8 used[100];
            .shared .b8 unused[1000];
            .extern .shared .align 16 .b8 dynamic[];
            .func helper() { .shared .align 8 .b64 own; st.shared.b64 [own], 1; ret; }
            .entry k() { .reg .b32 %r<2>; mov.u32 %r0, used; mov.u32 %r1, dynamic; call helper; ret; }
            .entry other() { ret; }
            """);

        Assert.Equal(112, module.Entries["k"].StaticSharedBytes);
        Assert.Equal(0, module.Entries["other"].StaticSharedBytes);
    }

    [Fact]
    public void Parse_SkipsDebugSectionsAndLineTables()
    {
        PtxModule module = PtxModule.Parse(Header + """
            .file 1 "kernels/a.cs"
            .file 2 "/folder" "b.py", 1700000000, 12
            .visible .entry k()
            {
                .loc 1 10 3
                .loc 1 20 5, function_name $L__info_string0, inlined_at 1 10 3
                .loc 1 21 5, function_name $L__info_string0+4, inlined_at 1 10 3
                .pragma "nounroll";
            $L__tmp0:
                ret;
            }
            .section .debug_str
            {
            $L__info_string0:
            .b8 95,90
            .b8 0                                   // end
            }
            .section	.debug_macinfo	{	}
            /* a comment
               of two lines */
            """);

        Assert.Single(module.Entries);
    }

    [Fact]
    public void Finding_NamesTheSourceLineThoughTheFilesStandBehindTheCode()
    {
        PtxModule module = PtxModule.Parse(Header + """
            .entry k()
            {
                .loc 1 42 5
                trap;
            }
            .file 1 "kernels/a.cs"
            """);
        using EmulatedMemory memory = new();
        using EmulatedModule emulated = new(module, memory);

        EmulatorFinding finding = Assert.Throws<EmulatorException>(() =>
            emulated.Launch("k", 1, 32, 0, [], EmulatorMode.Run, 1, CancellationToken.None)).Finding;

        Assert.Equal(("kernels/a.cs", 42, 7), (finding.File, finding.Line, finding.PtxLine));
    }

    [Theory]
    [InlineData(".version 8.0\n.target sm_80\n.address_size 64\n.entry k() { ret }", 4, "ptx_syntax")]
    [InlineData(".version 8.0\n.target sm_80\n.entry k()\n{\n  foo.bar [;\n}", 5, "ptx_syntax")]
    [InlineData(".target sm_80\n.entry k() { ret; }", 1, "ptx_syntax")]
    [InlineData(".version 9.1\n.target sm_80", 1, "ptx_unsupported")]
    [InlineData(".version 8.0\n.target sm_80\n.address_size 32", 3, "ptx_unsupported")]
    [InlineData(".version 8.0\n.target sm_80\n\n.alias a, b;", 4, "ptx_unsupported")]
    [InlineData(".version 8.0\n.target sm_80\n/* never ends", 3, "ptx_syntax")]
    [InlineData(".version 8.0\n.target sm_80\n.entry k() { mov.f32 %f, 0f3F80; }", 3, "ptx_syntax")]
    public void Parse_NamesTheLineOfAnError(string text, int line, string code)
    {
        PtxFormatException error = Assert.Throws<PtxFormatException>(() => PtxModule.Parse(text));

        Assert.Equal(line, error.Line);
        Assert.Equal(code, error.Code);
        Assert.Contains($"PTX line {line}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_RefusesAnUnknownInstructionOfThatEntryOnly()
    {
        PtxModule module = PtxModule.Parse(Header + """
            .entry good() { ret; }
            .entry bad() { .reg .b32 %r<3>; add.s32 %r0, %r1, %r2;
            tensormap.replace.tile.b32 [%r0], 1; ret; }
            """);
        using EmulatedMemory memory = new();
        using EmulatedModule emulated = new(module, memory);

        emulated.Prepare("good");
        PtxFormatException error = Assert.Throws<PtxFormatException>(() => emulated.Prepare("bad"));

        Assert.Equal("ptx_unsupported", error.Code);
        Assert.Equal(6, error.Line);
        Assert.Contains("tensormap.replace.tile.b32", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add.foo.s32 %r2, %r0, %r1;")]
    [InlineData("mov.u32 %r2, %cluster_ctarank;")]
    [InlineData("cvt.rn.satfinite.e4m3x2.f32 %h0, %f0, %f1;")]
    public void Prepare_RefusesUnknownModifiersAndRegisters(string instruction)
    {
        PtxFormatException error = Assert.Throws<PtxFormatException>(() => PtxKernel.Run(instruction));

        Assert.Equal("ptx_unsupported", error.Code);
    }

    [Theory]
    [InlineData("bra nowhere;", "nowhere")]
    [InlineData("mov.u32 %r2, undeclared;", "undeclared")]
    public void Prepare_NamesWhatIsNotDeclared(string instruction, string name)
    {
        PtxFormatException error = Assert.Throws<PtxFormatException>(() => PtxKernel.Run(instruction));

        Assert.Equal("ptx_syntax", error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }
}
