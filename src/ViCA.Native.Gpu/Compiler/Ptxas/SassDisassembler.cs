namespace ViCA.Native.Gpu.Compiler.Ptxas;

/// <summary>NVIDIA's disassembler: machine code as text (SASS).</summary>
public sealed class SassDisassembler
{
    private SassDisassembler(string program) => Program = program;

    /// <summary>The path of nvdisasm.</summary>
    public string Program { get; }

    /// <summary>nvdisasm in one of <paramref name="folders"/>, in PATH or in CUDA_HOME; null when there is none.</summary>
    public static SassDisassembler? Find(params ReadOnlySpan<string> folders) =>
        CudaTools.Find("nvdisasm", folders) is { } program ? new SassDisassembler(program) : null;

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="EnvironmentException">There is none (<c>env_cuda</c>).</exception>
    public static SassDisassembler Require(params ReadOnlySpan<string> folders) =>
        new(CudaTools.Require("nvdisasm", folders));

    /// <summary>The code sections of <paramref name="cubin"/>, with the source lines that it knows.</summary>
    /// <exception cref="EnvironmentException">nvdisasm cannot be started or refuses (<c>env_cuda</c>).</exception>
    public string Disassemble(ReadOnlySpan<byte> cubin)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vica-nvdisasm-");
        try
        {
            string file = Path.Combine(folder.FullName, "kernel.cubin");
            File.WriteAllBytes(file, cubin);
            ToolResult result = CudaTools.Run(Program, "--print-code", "--print-line-info-inline", file);
            if (result.ExitCode != 0)
            {
                string reason = result.Errors.Trim().Replace(file, "kernel.cubin", StringComparison.Ordinal);
                throw new EnvironmentException(ErrorCodes.EnvCuda, $"{Program}: {reason}");
            }

            return result.Output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
