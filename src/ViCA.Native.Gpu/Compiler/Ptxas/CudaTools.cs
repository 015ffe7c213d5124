using System.ComponentModel;
using System.Diagnostics;

namespace ViCA.Native.Gpu.Compiler.Ptxas;

/// <summary>Finds and runs the programs of the CUDA toolkit. None of them is needed to run a kernel.</summary>
internal static class CudaTools
{
    private const string DefaultFolder = "/usr/local/cuda/bin";

    /// <summary>
    /// The first file named <paramref name="program"/> in <paramref name="folders"/>, in PATH, in CUDA_HOME or in the
    /// toolkit's usual folder; null when there is none.
    /// </summary>
    internal static string? Find(string program, ReadOnlySpan<string> folders)
    {
        foreach (string folder in folders)
        {
            if (FileIn(folder, program) is { } file)
                return file;
        }

        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (string folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (FileIn(folder, program) is { } file)
                return file;
        }

        return Environment.GetEnvironmentVariable("CUDA_HOME") is { Length: > 0 } home
            && FileIn(Path.Combine(home, "bin"), program) is { } ofHome
                ? ofHome
                : FileIn(DefaultFolder, program);
    }

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="EnvironmentException">There is none (<c>env_cuda</c>).</exception>
    internal static string Require(string program, ReadOnlySpan<string> folders) =>
        Find(program, folders) ?? throw new EnvironmentException(
            ErrorCodes.EnvCuda,
            $"{program}: not found in PATH, in CUDA_HOME or in {DefaultFolder}; tools/get-ptxas fetches it");

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="EnvironmentException">It cannot be started (<c>env_cuda</c>).</exception>
    internal static ToolResult Run(string program, params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start)!;
            // Both are drained at once: a program whose error pipe is full never ends.
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ToolResult(process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception exception)
        {
            throw new EnvironmentException(
                ErrorCodes.EnvCuda, $"{program}: cannot be started: {exception.Message}", exception);
        }
    }

    private static string? FileIn(string folder, string program)
    {
        string file = Path.Combine(folder, program);
        return File.Exists(file) ? file : null;
    }
}
