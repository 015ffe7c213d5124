using System.Diagnostics;
using ViCA.Native.Gpu.Compiler.Ptxas;

namespace ViCA.Native.Tests.Gpu;

/// <summary>ptxas and nvdisasm for the tests: what tools/get-ptxas finds, or fetches where the network allows.</summary>
internal static class CudaToolkit
{
    private static readonly Lazy<(string? Folder, string Reason)> Found = new(Look);

    /// <summary>Skips the test where there is no ptxas.</summary>
    public static PtxAssembler Assembler()
    {
        Skip.If(Found.Value.Folder is null, Found.Value.Reason);
        return PtxAssembler.Require(Found.Value.Folder!);
    }

    /// <summary>Skips the test where there is no nvdisasm.</summary>
    public static SassDisassembler Disassembler()
    {
        Skip.If(Found.Value.Folder is null, Found.Value.Reason);
        return SassDisassembler.Require(Found.Value.Folder!);
    }

    private static (string? Folder, string Reason) Look()
    {
        ProcessStartInfo start = new(Path.Combine(RepositoryPaths.Root, "tools", "get-ptxas"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(4)))
        {
            process.Kill(entireProcessTree: true);
            return (null, "get-ptxas: no answer within 4 minutes");
        }

        if (process.ExitCode == 0)
            return (output.Result.Trim(), "");
        string said = errors.Result.Trim();
        return (null, said[(said.LastIndexOf('\n') + 1)..]);
    }
}
