using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.Import;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Compiler.Passes;
using ViCA.Native.Gpu.Compiler.Ptx;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler;

/// <summary>C# kernel to PTX. Equal IL and target give equal bytes.</summary>
public static class KernelCompiler
{
    /// <summary>Parameters of an entry (PTX ISA, .param).</summary>
    private const int MaxArgumentBytes = 4096;

    /// <summary>The passes in order, each with the reason for its place.</summary>
    internal static IReadOnlyList<(string Name, Action<IrFunction> Run)> Passes { get; } =
    [
        ("clean", CleanControlFlow.Run), // the importer leaves blocks that nothing reaches
        ("constants", PropagateConstants.Run), // phis of loops are closed now
        ("simplify", Simplify.Run), // with operands that have become constants
        ("number", NumberValues.Run), // equal loads of arguments and index sums become one
        ("select", SelectValues.Run), // before hoisting: a select can be hoisted, a branch cannot
        ("dead", RemoveDeadCode.Run), // so that hoisting moves nothing that nobody needs
        ("hoist", HoistInvariants.Run), // so that strength reduction finds its bases in front of the loop
        ("strength", ReduceStrength.Run),
        ("renumber", NumberValues.Run), // what met in front of a loop
        ("simplify again", Simplify.Run),
        ("dead again", RemoveDeadCode.Run),
        ("split", SplitCriticalEdges.Run), // last: the writer puts the copies of phis there
    ];

    /// <summary>The PTX of a closed kernel type.</summary>
    /// <exception cref="KernelCompilationException">It says something that a kernel may not; all reasons are given.</exception>
    public static CompiledKernel Compile(Type kernel, GpuTarget target)
    {
        using LineTable lines = new();
        IrFunction function = Lower(kernel, target, lines, Passes.Count);
        int blockThreads = StaticValue(kernel, nameof(IKernel.BlockThreads));
        string ptx = PtxWriter.Write(
            function, target, blockThreads, StaticValue(kernel, nameof(IKernel.MinBlocksPerMultiprocessor)), lines);
        bool dynamic = function.SharedBytes > PtxWriter.StaticSharedLimit;
        return new CompiledKernel(
            function.Name,
            ptx,
            function.ParameterBytes,
            blockThreads,
            function.SharedBytes,
            dynamic ? function.SharedBytes : 0,
            target);
    }

    /// <summary>The IR of a kernel after all passes, as text.</summary>
    /// <exception cref="KernelCompilationException">It says something that a kernel may not; all reasons are given.</exception>
    public static string IntermediateText(Type kernel, GpuTarget target)
    {
        using LineTable lines = new();
        return Lower(kernel, target, lines, Passes.Count).ToString();
    }

    /// <summary>The IR after the first <paramref name="passes"/> passes.</summary>
    internal static IrFunction Lower(Type kernel, GpuTarget target, LineTable lines, int passes)
    {
        string name = EntryName(kernel);
        Importer importer = new(lines);
        IrFunction? function = importer.ImportKernel(kernel, name);
        List<KernelDiagnostic> diagnostics = [.. importer.Diagnostics];
        if (function is not null)
            CheckLimits(kernel, target, function, diagnostics, lines);
        if (diagnostics.Count > 0 || function is null)
            throw new KernelCompilationException(KernelCatalog.NameOf(kernel), diagnostics);
        foreach ((string _, Action<IrFunction> run) in Passes.Take(passes))
            run(function);
        return function;
    }

    private static void CheckLimits(
        Type kernel, GpuTarget target, IrFunction function, List<KernelDiagnostic> diagnostics, LineTable lines)
    {
        int limit = target == GpuTarget.Sm90a ? 227 << 10 : 163 << 10;
        string name = KernelCatalog.NameOf(kernel);
        if (function.SharedBytes > limit)
        {
            diagnostics.Add(new KernelDiagnostic(
                DiagnosticCodes.SharedMemory,
                $"{function.SharedBytes} bytes of shared memory, but a block has at most {limit} here; take smaller tiles",
                name,
                []));
        }

        if (function.ParameterBytes > MaxArgumentBytes)
        {
            diagnostics.Add(new KernelDiagnostic(
                DiagnosticCodes.Parameters,
                $"{function.ParameterBytes} bytes of fields, but a launch passes at most {MaxArgumentBytes}; put them in a buffer",
                name,
                []));
        }

        foreach (IrInstruction instruction in function.Blocks.SelectMany(block => block.Instructions))
        {
            if (instruction.Row is not { } row || row.Target <= target)
                continue;
            diagnostics.Add(new KernelDiagnostic(
                DiagnosticCodes.Target,
                $"{row.Template.Split(' ')[0]} needs a later chip than {target}; choose by a type argument",
                instruction.Location is { } location ? lines.Describe(location) : name,
                []));
        }
    }

    private static string EntryName(Type kernel)
    {
        StringBuilder name = new();
        foreach (char c in KernelCatalog.NameOf(kernel))
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(c);
            else if (c is '<' or ',')
                name.Append('_');
        }

        return name.ToString();
    }

    private static int StaticValue(Type kernel, string property)
    {
        MethodInfo getter = typeof(IKernel).GetProperty(property)!.GetMethod!;
        InterfaceMapping map = kernel.GetInterfaceMap(typeof(IKernel));
        int index = Array.IndexOf(map.InterfaceMethods, getter);
        MethodInfo target = index >= 0 ? map.TargetMethods[index] ?? getter : getter;
        return System.Convert.ToInt32(target.Invoke(null, null), CultureInfo.InvariantCulture);
    }
}
