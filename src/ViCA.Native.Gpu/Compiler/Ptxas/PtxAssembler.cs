using System.Globalization;
using System.Text.RegularExpressions;

namespace ViCA.Native.Gpu.Compiler.Ptxas;

/// <summary>
/// NVIDIA's offline assembler, which turns PTX into the machine code of one chip. It judges what the compiler emits;
/// the driver has an assembler of its own, so running kernels does not need this one.
/// </summary>
public sealed partial class PtxAssembler
{
    private readonly Lazy<string> _version;

    private PtxAssembler(string program)
    {
        Program = program;
        _version = new Lazy<string>(ReadVersion);
    }

    /// <summary>The path of ptxas.</summary>
    public string Program { get; }

    /// <summary>Its release, e.g. `12.4`; empty when it does not say.</summary>
    public string Version => _version.Value;

    /// <summary>ptxas in one of <paramref name="folders"/>, in PATH or in CUDA_HOME; null when there is none.</summary>
    public static PtxAssembler? Find(params ReadOnlySpan<string> folders) =>
        CudaTools.Find("ptxas", folders) is { } program ? new PtxAssembler(program) : null;

    /// <summary>As <see cref="Find"/>.</summary>
    /// <exception cref="EnvironmentException">There is none (<c>env_cuda</c>).</exception>
    public static PtxAssembler Require(params ReadOnlySpan<string> folders) =>
        new(CudaTools.Require("ptxas", folders));

    /// <summary>
    /// Assembles <paramref name="ptx"/> for <paramref name="architecture"/> (`sm_80`, `sm_90a`, …). Spills, local
    /// memory and every remark of the C75xx family, which says that tensor-core code or register budgets are not
    /// honoured, count as problems.
    /// </summary>
    /// <exception cref="EnvironmentException">ptxas cannot be started (<c>env_cuda</c>).</exception>
    public PtxasReport Assemble(string ptx, string architecture)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vica-ptxas-");
        try
        {
            string source = Path.Combine(folder.FullName, "kernel.ptx");
            string cubin = Path.Combine(folder.FullName, "kernel.cubin");
            File.WriteAllText(source, ptx);
            ToolResult result = CudaTools.Run(
                Program,
                $"-arch={architecture}",
                "-v",
                "--warn-on-spills",
                "--warn-on-local-memory-usage",
                "-Werror",
                "-o",
                cubin,
                source);
            string log = (result.Output + result.Errors).Replace(source, "kernel.ptx", StringComparison.Ordinal);
            byte[] code = result.ExitCode == 0 && File.Exists(cubin) ? File.ReadAllBytes(cubin) : [];
            return new PtxasReport(Entries(log), Problems(log, result.ExitCode), log, code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<PtxasEntry> Entries(string log)
    {
        List<PtxasEntry> entries = [];
        PtxasEntry? entry = null;
        bool ownProperties = false;
        foreach (string line in log.Split('\n'))
        {
            if (EntryLine().Match(line) is { Success: true } start)
            {
                Add(entry);
                entry = new PtxasEntry(start.Groups[1].Value);
            }
            else if (PropertiesLine().Match(line) is { Success: true } properties)
            {
                // The functions that an entry calls are listed after it.
                ownProperties = properties.Groups[1].Value == entry?.Name;
            }
            else if (entry is not null && ownProperties)
            {
                entry = Extended(entry, line);
            }
        }

        Add(entry);
        return entries;

        void Add(PtxasEntry? done)
        {
            if (done is not null)
                entries.Add(done);
        }
    }

    private static PtxasEntry Extended(PtxasEntry entry, string line)
    {
        if (FrameLine().Match(line) is { Success: true } frame)
        {
            return entry with
            {
                StackBytes = Number(frame.Groups[1]),
                SpillStoreBytes = Number(frame.Groups[2]),
                SpillLoadBytes = Number(frame.Groups[3]),
            };
        }

        return UsedLine().Match(line) is { Success: true } used
            ? entry with { Registers = Number(used.Groups[1]), SharedBytes = Number(SharedPart().Match(line).Groups[1]) }
            : entry;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static List<string> Problems(string log, int exitCode)
    {
        List<string> problems = [];
        foreach (string line in log.Split('\n'))
        {
            if (ProblemLine().IsMatch(line))
                problems.Add(line.Trim());
        }

        if (exitCode != 0 && problems.Count == 0)
            problems.Add($"ptxas ended with exit code {exitCode}");
        return problems;
    }

    private string ReadVersion() => ReleaseLine().Match(CudaTools.Run(Program, "--version").Output).Groups[1].Value;

    [GeneratedRegex("Compiling entry function '([^']+)'")]
    private static partial Regex EntryLine();

    [GeneratedRegex(@"Function properties for (\S+)")]
    private static partial Regex PropertiesLine();

    [GeneratedRegex("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads")]
    private static partial Regex FrameLine();

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex UsedLine();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex SharedPart();

    [GeneratedRegex(@"\b(error|fatal)\s*:|\(C75\d\d\)")]
    private static partial Regex ProblemLine();

    [GeneratedRegex(@"release ([\d.]+)")]
    private static partial Regex ReleaseLine();
}
