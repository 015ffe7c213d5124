using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Compiler.Ptx;
using ViCA.Native.Gpu.Compiler.Ptxas;

namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>
/// Random programs, compiled by the SDK's C# compiler without and with optimisation: what the host computes, what the IR
/// before all passes computes and what the PTX computes on the emulator must be the same, and ptxas must take the PTX.
/// A failure names the seed and shows the program; <c>FuzzProgram.Generate(seed)</c> gives it again.
/// </summary>
public class FuzzTests
{
    private const int FirstSeed = 1;
    private const int Programs = 2000;
    private const int EntriesPerModule = 200;
    private const int MaxReported = 5;

    [SkippableFact]
    public void RandomPrograms_InEveryStage_GiveWhatTheHostGives()
    {
        List<string> ptx = Campaign(FirstSeed, Programs);
        PtxAssembler assembler = CudaToolkit.Assembler();
        ConcurrentBag<string> problems = [];
        Parallel.ForEach(ptx.Chunk(EntriesPerModule), entries =>
        {
            foreach (string problem in assembler.Assemble(PtxModules.Join(entries), "sm_80").Problems)
                problems.Add(problem);
        });
        Assert.Empty(problems);
    }

    [Fact]
    public void Program_OfTheSameSeed_IsTheSame() => Assert.Equal(FuzzProgram.Generate(7), FuzzProgram.Generate(7));

    /// <summary>Compares all stages of the programs of consecutive seeds; the PTX of the optimised ones.</summary>
    internal static List<string> Campaign(int firstSeed, int count)
    {
        StringBuilder source = new(FuzzLibrary.Source);
        int[] seeds = [.. Enumerable.Range(firstSeed, count)];
        foreach (int seed in seeds)
            source.Append(FuzzProgram.Generate(seed));
        string text = source.ToString();
        Task<Assembly> compilation = Task.Run(() => FuzzCompiler.Compile(text, optimize: false));
        Assembly release = FuzzCompiler.Compile(text, optimize: true);
        Assembly debug = compilation.Result;

        ConcurrentBag<(int Seed, string Failure)> failures = [];
        string[] ptx = new string[count];
        Parallel.For(0, count, i =>
        {
            string name = FuzzProgram.Name(seeds[i]);
            foreach ((string configuration, Assembly assembly) in ((string, Assembly)[])[("Debug", debug), ("Release", release)])
            {
                if (TryFind(assembly.GetType(name)!, out string kernel) is { } failure)
                    failures.Add((seeds[i], $"{configuration} IL: {failure}"));
                ptx[i] = kernel;
            }
        });
        string report = string.Join("\n\n", failures
            .OrderBy(failure => failure.Seed)
            .Take(MaxReported)
            .Select(failure => $"seed {failure.Seed}, {failure.Failure}\n{FuzzProgram.Generate(failure.Seed)}"));
        Assert.True(failures.IsEmpty, $"{failures.Count} differences\n{report}");
        return [.. ptx];
    }

    /// <summary>The first difference between the stages, or null.</summary>
    private static string? TryFind(Type program, out string ptx)
    {
        ptx = "";
        FuzzInput[] inputs = FuzzInput.Warp();
        ulong[] expected = new ulong[inputs.Length];
        Func<FuzzInput, ulong> host = program.GetMethod(nameof(IFuzzProgram.Run))!.CreateDelegate<Func<FuzzInput, ulong>>();
        for (int i = 0; i < inputs.Length; i++)
            expected[i] = host(inputs[i]);
        Type kernel = typeof(FuzzKernel<>).MakeGenericType(program);
        try
        {
            using LineTable lines = new();
            IrFunction ir = KernelCompiler.Lower(kernel, GpuTarget.Sm80, lines, passes: 0);
            if (Difference(inputs, expected, buffers => IrRun.Launch(ir, buffers, 1, inputs.Length)) is { } imported)
                return $"IR before the passes: {imported}";
            foreach ((string pass, Action<IrFunction> run) in KernelCompiler.Passes)
            {
                run(ir);
                if (IrVerifier.Verify(ir) is [{ } problem, ..])
                    return $"IR after {pass}: {problem}";
            }

            ptx = PtxWriter.Write(ir, GpuTarget.Sm80, inputs.Length, minBlocks: 1, lines);
            CompiledKernel compiled = new(ir.Name, ptx, ir.ParameterBytes, inputs.Length, 0, 0, GpuTarget.Sm80);
            return Difference(inputs, expected, buffers => EmulatedRun.Launch(compiled, buffers, 1)) is { } written
                ? $"PTX: {written}"
                : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error.ToString();
        }
    }

    private static string? Difference(FuzzInput[] inputs, ulong[] expected, Action<byte[][]> launch)
    {
        byte[][] buffers = [MemoryMarshal.AsBytes<FuzzInput>(inputs).ToArray(), new byte[inputs.Length * sizeof(ulong)]];
        launch(buffers);
        ReadOnlySpan<ulong> found = MemoryMarshal.Cast<byte, ulong>(buffers[1]);
        for (int i = 0; i < expected.Length; i++)
        {
            if (found[i] != expected[i])
                return $"input {i}: 0x{found[i]:x}, the host says 0x{expected[i]:x}";
        }

        return null;
    }
}
