using System.Globalization;
using System.Text.RegularExpressions;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Kernels;

/// <summary>
/// A device that, before it runs a kernel, runs its first block once for each <c>bar.sync</c> with that one deleted, in
/// Check mode, and keeps what was found.
/// </summary>
internal sealed partial class BarrierDeletionDevice : GpuDevice
{
    private readonly EmulatedMemory _memory = new();

    /// <summary>One deleted barrier of one kernel.</summary>
    /// <param name="Kernel">Its name.</param>
    /// <param name="Place">The C# lines of the barrier, the innermost first: <c>RowBlock.cs:23, LayerNormKernel.cs:33</c>.</param>
    /// <param name="Findings">Kinds of what the emulator found without it.</param>
    public sealed record Deletion(string Kernel, string Place, IReadOnlyList<string> Findings);

    /// <summary>All deletions so far, in the order of the launches.</summary>
    public List<Deletion> Deletions { get; } = [];

    public override string Name => "PTX emulator without a barrier";

    public override GpuTarget Target => GpuTarget.Sm80;

    public override void CopyToDevice(ReadOnlySpan<byte> source, ulong destination) => _memory.Write(destination, source);

    public override void CopyToHost(ulong source, Span<byte> destination) => _memory.Read(source, destination);

    public override void CopyOnDevice(ulong source, ulong destination, long bytes) => _memory.Copy(source, destination, bytes);

    public override void Synchronize()
    {
    }

    public override void Dispose() => _memory.Dispose();

    protected override ulong AllocateBytes(long bytes) => _memory.Allocate(bytes);

    internal override void Free(ulong address) => _memory.Free(address);

    protected override void LaunchKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments)
    {
        CompiledKernel compiled = KernelCompiler.Compile(kernel, Target);
        string[] lines = compiled.Ptx.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith("bar.sync", StringComparison.Ordinal))
                continue;
            string[] mutant = [.. lines];
            mutant[i] = "";
            EmulatorReport report = Run(string.Join('\n', mutant), compiled, 1, block, arguments, EmulatorMode.Check);
            Deletions.Add(new Deletion(
                KernelCatalog.NameOf(kernel), PlaceOf(lines, i), [.. report.Findings.Select(finding => finding.Kind).Distinct()]));
        }

        Run(compiled.Ptx, compiled, grid, block, arguments, EmulatorMode.Run);
    }

    protected override KernelProfile ProfileKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments) =>
        throw new NotSupportedException();

    private EmulatorReport Run(
        string ptx, CompiledKernel compiled, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments, EmulatorMode mode)
    {
        using EmulatedModule module = new(PtxModule.Parse(ptx), _memory);
        return module.Launch(
            compiled.Name, grid, block, compiled.DynamicSharedBytes, arguments, mode, 1, CancellationToken.None);
    }

    private static string PlaceOf(string[] lines, int barrier)
    {
        Dictionary<int, string> files = lines
            .Select(line => FileLine().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => Number(match.Groups[1]), match => Path.GetFileName(match.Groups[2].Value));
        string location = lines.Take(barrier).Last(line => line.TrimStart().StartsWith(".loc", StringComparison.Ordinal));
        return string.Join(
            ", ", PlaceOfLocation().Matches(location).Select(match => $"{files[Number(match.Groups[1])]}:{match.Groups[2].Value}"));
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^\\s*\\.file (\\d+) \"([^\"]+)\"")]
    private static partial Regex FileLine();

    [GeneratedRegex(@"(?:\.loc|inlined_at) (\d+) (\d+) \d+")]
    private static partial Regex PlaceOfLocation();
}
