using System.Reflection;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.Ptxas;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>
/// A family of constructs: each struct inside that is an <see cref="IFunction{TLeft, TRight, TResult}"/> is called by the
/// host and by a kernel, whose IR is verified and run after the import and after every pass and whose PTX is run by the
/// emulator, and must give the same.
/// </summary>
public abstract class FunctionTests<TFamily>
{
    public static TheoryData<string> Functions() => [.. Types().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_AfterEveryPass_GivesWhatTheHostGives(string name)
    {
        IFunctionCase function = Case(Types().Single(type => type.Name == name));
        Stages.RunAll(function.Kernel, function.Buffers(), function.Blocks, function.Compare);
    }

    [SkippableFact]
    public void Functions_Assemble()
    {
        PtxAssembler assembler = CudaToolkit.Assembler();
        string module = PtxModules.Join(
            Types().Select(type => KernelCompiler.Compile(Case(type).Kernel, GpuTarget.Sm80).Ptx));
        Assert.Empty(assembler.Assemble(module, "sm_80").Problems);
    }

    private static Type[] Types() => [.. typeof(TFamily)
        .GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public)
        .Where(type => !type.IsGenericTypeDefinition && Interface(type) is not null)];

    private static Type? Interface(Type type) => type.GetInterfaces().SingleOrDefault(
        candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IFunction<,,>));

    private static IFunctionCase Case(Type function)
    {
        Type[] arguments = [function, .. Interface(function)!.GetGenericArguments()];
        return (IFunctionCase)Activator.CreateInstance(typeof(FunctionCase<,,,>).MakeGenericType(arguments))!;
    }
}
