using ViCA.Native.Cli.Commands;

namespace ViCA.Native.Cli;

/// <summary>The list of verbs.</summary>
internal static class Program
{
    public static Verb[] Verbs() =>
    [
        new AskCommand(),
        new CaptureCommand(),
        new DemoCommand(),
        new VerbGroup(
            "inspect",
            "Looks at what goes into the model, without running it.",
            new InspectModelCommand(),
            new InspectWeightsCommand(),
            new InspectTokensCommand(),
            new InspectFramesCommand(),
            new InspectPromptCommand(),
            new InspectSitesCommand(),
            new InspectKernelCommand()),
        new VerbGroup(
            "weights",
            "Checks checkpoints and makes synthetic ones.",
            new WeightsVerifyCommand(),
            new WeightsSynthesizeCommand()),
        new VerbGroup(
            "kernels",
            "Checks the GPU kernels, on a GPU or on the emulator.",
            new KernelsCheckCommand(),
            new KernelsRunCommand()),
        new VerbGroup("ptx", "Runs PTX, the text that GPUs are programmed in.", new PtxRunCommand()),
        new PlanCommand(),
        new DoctorCommand(),
        new BenchCommand(),
    ];

    private static Task<int> Main(string[] arguments) => ProcessHost.RunAsync(arguments);
}
