using System.Diagnostics;

namespace ViCA.Native.Tests.Cli;

/// <summary>`tools/gpu/check`: its arguments, and how it joins what it runs. The program in it is a stand-in.</summary>
public sealed class GpuCheckScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--help", 0, "Checks the GPU kernels on a host that has an NVIDIA driver")]
    [InlineData("--output x", 2, "check: unknown argument '--output'; this packs, and takes none (see --help)")]
    public void InTheRepository_ItOnlyPacks(string arguments, int exitCode, string said)
    {
        (int code, string output) = Run(Path.Combine(RepositoryPaths.Root, "tools", "gpu", "check"), arguments);

        Assert.Equal(exitCode, code);
        Assert.StartsWith(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--device tpu", "check: --device = tpu (expected cuda|emulator)")]
    [InlineData("--output", "check: --output: value missing")]
    [InlineData("--devise cuda", "check: unknown argument '--devise'; see --help")]
    public void Unpacked_ItRefusesWhatItDoesNotKnow(string arguments, string said)
    {
        (int code, string output) = Run(Unpacked("exit 0"), arguments);

        Assert.Equal((2, said + "\n"), (code, output));
    }

    [Theory]
    [InlineData("exit 0", 0, "kernels: passed; PTX of other compilers: passed; results in ")]
    [InlineData("[[ $1 != kernels ]]", 1, "kernels: failed; PTX of other compilers: passed; results in ")]
    [InlineData("[[ $1 != ptx ]]", 1, "kernels: passed; PTX of other compilers: failed; results in ")]
    public void Unpacked_ItFailsWhenAnythingDiffers(string program, int exitCode, string said)
    {
        (int code, string output) = Run(Unpacked(program), $"--output {_folder["out"]}");

        Assert.Equal(exitCode, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains("ptx/saxpy ", File.ReadAllText(_folder["out/check.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAGpu_ItEndsWithTheProgramsExitCode()
    {
        (int code, string output) = Run(Unpacked("echo none >&2; exit 5"), $"--output {_folder["out"]}");

        Assert.Equal((5, "none\n"), (code, output));
        Assert.EndsWith("none\n", File.ReadAllText(_folder["out/check.log"]), StringComparison.Ordinal);
    }

    /// <summary>What the archive holds, with a script for a program.</summary>
    private string Unpacked(string program)
    {
        string packer = Path.Combine(RepositoryPaths.Root, "tools", "gpu", "check");
        string script = _folder["gpu-check/check"], vica = _folder["gpu-check/bin/vica"];
        _folder.Write("gpu-check/ptx/saxpy.json", "{}");
        Directory.CreateDirectory(_folder["gpu-check/bin"]);
        // A copy may be executed as its source may, and stays so whatever is written into it.
        File.Copy(packer, script);
        File.Copy(packer, vica);
        File.WriteAllText(vica, $"#!/usr/bin/env bash\n{program}\n");
        return script;
    }

    private static (int ExitCode, string Output) Run(string script, string arguments)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", $"{script} {arguments} 2>&1"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
