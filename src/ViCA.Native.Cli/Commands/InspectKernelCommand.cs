using System.CommandLine;
using ViCA.Native.Cli.Options;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.Ptxas;
using ViCA.Native.Kernels;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect kernel`: a kernel at any stage of its way from IL to machine code.</summary>
internal sealed class InspectKernelCommand : Verb
{
    private enum Stage
    {
        Ptx,
        IL,
        Ir,
        Sass,
    }

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The kernel, such as \"RmsNorm<bf16, 8>\", or its first letters; without it, all names.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<Stage> _stage = Opt.Choice(
        "--stage",
        "What to show: .NET's IL, the compiler's IR after all passes, PTX, or machine code (needs ptxas and nvdisasm).",
        ("ptx", Stage.Ptx),
        ("il", Stage.IL),
        ("ir", Stage.Ir),
        ("sass", Stage.Sass));

    private readonly Option<GpuTarget> _target = Opt.Choice(
        "--arch", "The chip.", ("sm_90a", GpuTarget.Sm90a), ("sm_80", GpuTarget.Sm80));

    public InspectKernelCommand()
        : base("kernel", "Shows a GPU kernel as IL, IR, PTX or machine code.")
    {
        Add(_name);
        Add(_stage);
        Add(_target);
        Examples =
        [
            "vica inspect kernel",
            "vica inspect kernel \"RmsNorm<bf16, 8>\"",
            "vica inspect kernel Softmax --stage ir --arch sm_80",
        ];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        IReadOnlyList<Type> kernels = KernelCatalog.Of(KernelLibrary.Assembly);
        string? name = line.GetValue(_name);
        if (name is null)
        {
            WriteNames(console, kernels);
            return Task.FromResult(ExitCodes.Ok);
        }

        Type kernel = Find(kernels, name);
        GpuTarget target = line.GetValue(_target);
        string text = line.GetValue(_stage) switch
        {
            Stage.IL => ILText.Of(kernel),
            Stage.Ir => KernelCompiler.IntermediateText(kernel, target),
            Stage.Sass => MachineCode(KernelCompiler.Compile(kernel, target)),
            _ => KernelCompiler.Compile(kernel, target).Ptx,
        };
        if (console.Json)
        {
            console.WriteJson(json =>
            {
                json.WriteString("name", KernelCatalog.NameOf(kernel));
                json.WriteString("stage", line.GetValue(_stage).ToString().ToLowerInvariant());
                json.WriteString("text", text);
            });
        }
        else
        {
            console.Output.Write(text);
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private static void WriteNames(CliConsole console, IReadOnlyList<Type> kernels)
    {
        if (console.Json)
        {
            console.WriteJson(json =>
            {
                json.WriteStartArray("kernels");
                foreach (Type kernel in kernels)
                    json.WriteStringValue(KernelCatalog.NameOf(kernel));
                json.WriteEndArray();
            });
            return;
        }

        foreach (Type kernel in kernels)
            console.Output.WriteLine(KernelCatalog.NameOf(kernel));
    }

    private static Type Find(IReadOnlyList<Type> kernels, string name)
    {
        Type? exact = kernels.FirstOrDefault(
            kernel => string.Equals(Plain(KernelCatalog.NameOf(kernel)), Plain(name), StringComparison.OrdinalIgnoreCase));
        exact ??= kernels.FirstOrDefault(
            kernel => Plain(KernelCatalog.NameOf(kernel)).StartsWith(Plain(name), StringComparison.OrdinalIgnoreCase));
        return exact ?? throw new UsageException(
            ErrorCodes.UsageOption, $"{name}: no such kernel; `vica inspect kernel` lists all {kernels.Count}");
    }

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    private static string MachineCode(CompiledKernel kernel)
    {
        PtxAssembler assembler = PtxAssembler.Require();
        SassDisassembler disassembler = SassDisassembler.Require();
        PtxasReport report = assembler.Assemble(kernel.Ptx, kernel.Target.Spelling());
        if (report.Cubin.Length == 0)
            throw new EnvironmentException(ErrorCodes.EnvCuda, $"ptxas refuses {kernel.Name}: {report.Problems[0]}");
        return disassembler.Disassemble(report.Cubin);
    }
}
