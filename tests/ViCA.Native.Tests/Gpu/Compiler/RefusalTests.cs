using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>
/// What the compiler refuses: the code, the C# file and line (where a comment names the kernel), the calls that lead
/// there, and what to do instead.
/// </summary>
public class RefusalTests
{
    private const string File = "tests/ViCA.Native.Tests/Gpu/Compiler/RefusalTests.cs";

    public static TheoryData<Type, string, string> Refused() => new()
    {
        { typeof(CheckedArithmetic), DiagnosticCodes.Instruction, "use unchecked" },
        { typeof(NewArray), DiagnosticCodes.Instruction, "use Registers, Shared or Global" },
        { typeof(Text), DiagnosticCodes.Instruction, "strings do not exist" },
        { typeof(Boxing), DiagnosticCodes.Instruction, "use generics" },
        { typeof(NoBody), DiagnosticCodes.Call, "use the kernel language" },
        { typeof(Recursion), DiagnosticCodes.Recursion, "write it as a loop" },
        { typeof(NewClass), DiagnosticCodes.Type, "use a struct" },
        { typeof(TileIndex), DiagnosticCodes.TileIndex, "loop variables of constant bounds" },
        { typeof(EndlessUnrolling), DiagnosticCodes.Unroll, "its bounds must be constants" },
        { typeof(VariableSharedMemory), DiagnosticCodes.Constant, "take it from a type argument" },
        { typeof(TooMuchSharedMemory), DiagnosticCodes.SharedMemory, "take smaller tiles" },
        { typeof(HopperOnly), DiagnosticCodes.Target, "choose by a type argument" },
        { typeof(Throwing), DiagnosticCodes.Exceptions, "let the host check it" },
        { typeof(TryFinally), DiagnosticCodes.Exceptions, "leave them out" },
        { typeof(TwoPlaces), DiagnosticCodes.Reference, "use an index instead of a ref" },
        { typeof(BytesOfALocal), DiagnosticCodes.Reference, "use BitConverter or shifts" },
        { typeof(MutableStatic), DiagnosticCodes.StaticField, "pass it as a field" },
        { typeof(TooManyBytes), DiagnosticCodes.Parameters, "put them in a buffer" },
        { typeof(WrittenField), DiagnosticCodes.Parameters, "cannot be written" },
        { typeof(GotoIntoLoop), DiagnosticCodes.ControlFlow, "write the loop with for" },
        { typeof(OutsideTile), DiagnosticCodes.TileRange, "stay below its length" },
        { typeof(AtomicOnLocal), DiagnosticCodes.Atomic, "in Global or Shared memory" },
        { typeof(AtomicMaximumOfFloats), DiagnosticCodes.Atomic, "compare and exchange" },
        { typeof(TupleInMemory), DiagnosticCodes.Type, "write a struct" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Compile_OfWhatAKernelMayNotSay_NamesCodePlaceAndAdvice(Type kernel, string code, string advice)
    {
        KernelDiagnostic diagnostic = Compile(kernel).First(diagnostic => diagnostic.Code == code);
        Assert.Contains(advice, diagnostic.Message, StringComparison.Ordinal);
        if (LineOf(kernel.Name) is { } line)
            Assert.Equal($"{File}:{line}", diagnostic.Place);
        else
            Assert.Equal(kernel.Name, diagnostic.Place);
    }

    [Fact]
    public void Compile_OfEveryCode_IsTestedHere() => Assert.Equal(
        typeof(DiagnosticCodes).GetFields().Select(field => (string)field.GetValue(null)!).Order(),
        Refused().Select(row => (string)row[1]).Distinct().Order());

    [Fact]
    public void Compile_WithSeveralReasons_GivesThemAllInOrder()
    {
        KernelCompilationException error = Assert.Throws<KernelCompilationException>(
            () => KernelCompiler.Compile(typeof(SeveralReasons), GpuTarget.Sm80));
        Assert.Equal(
            [DiagnosticCodes.StaticField, DiagnosticCodes.Instruction, DiagnosticCodes.TileRange, DiagnosticCodes.Call,
            DiagnosticCodes.Target],
            error.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.StartsWith("SeveralReasons: cannot be compiled (5 reasons)\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_InACalledMethod_NamesTheCallsInnermostFirst()
    {
        KernelDiagnostic diagnostic = Compile(typeof(DeepInside)).Single();
        Assert.Equal($"{File}:{LineOf("DeepInside: throws")}", diagnostic.Place);
        Assert.Equal(
            [$"{File}:{LineOf("DeepInside: second call")}", $"{File}:{LineOf("DeepInside: first call")}"],
            diagnostic.CallChain);
    }

    private static IReadOnlyList<KernelDiagnostic> Compile(Type kernel) =>
        Assert.Throws<KernelCompilationException>(() => KernelCompiler.Compile(kernel, GpuTarget.Sm80)).Diagnostics;

    private static int? LineOf(string marker)
    {
        string[] lines = System.IO.File.ReadAllLines(Path.Combine(RepositoryPaths.Root, File));
        int index = Array.FindIndex(lines, line => line.EndsWith($"// {marker}", StringComparison.Ordinal));
        return index < 0 ? null : index + 1;
    }

    private readonly struct SeveralReasons(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Registers<int, N2> tile = default;
            int x = MutableStatic.Setting;
            x = checked(x + data[3]);
            tile[2] = x;
            x += (int)MathF.Cos(x);
            data[0] = Warp.Elect() ? x : tile[1];
        }
    }

    private readonly struct DeepInside(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute() => data[0] = First(data[1]); // DeepInside: first call

        private static int First(int x)
        {
            x++;
            return Second(x); // DeepInside: second call
        }

        private static int Second(int x)
        {
            if (x > 3)
                throw new InvalidOperationException(); // DeepInside: throws
            return x;
        }
    }

    private readonly struct CheckedArithmetic(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = checked(count + data[1]); // CheckedArithmetic
        }
    }

    private readonly struct NewArray(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = new int[4].Length; // NewArray
        }
    }

    private readonly struct Text(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = "a kernel".Length; // Text
        }
    }

    private readonly struct Boxing(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = ((object)count).GetHashCode(); // Boxing
        }
    }

    private readonly struct NoBody(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = (int)MathF.Sin(count); // NoBody
        }
    }

    private readonly struct Recursion(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = Factorial(count);
        }

        private static int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1); // Recursion
    }

    private readonly struct NewClass(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = new List<int>().Count; // NewClass
        }
    }

    private readonly struct TileIndex(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Registers<int, N4> tile = default;
            tile[0] = 5;
            data[0] = tile[data[1]]; // TileIndex
        }
    }

    private readonly struct EndlessUnrolling(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int sum = 0;
            for (int i = 0; i < count; i++) // EndlessUnrolling
            {
                Unroll.Full();
                sum += i;
            }

            data[0] = sum;
        }
    }

    private readonly struct VariableSharedMemory(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Shared<int> shared = SharedMemory.Allocate<int>(count); // VariableSharedMemory
            shared[0] = 1;
            data[0] = shared[0];
        }
    }

    private readonly struct TooMuchSharedMemory(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Shared<float> shared = SharedMemory.Allocate<float>(100_000);
            shared[0] = 1;
            data[0] = (int)shared[0];
        }
    }

    private readonly struct HopperOnly(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = Warp.Elect() ? 1 : 0; // HopperOnly
        }
    }

    private readonly struct Throwing(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            if (count < 0)
                throw new InvalidOperationException(); // Throwing
            data[0] = 1;
        }
    }

    private readonly struct TryFinally(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int x = count;
            try
            {
                x = data[1]; // TryFinally
            }
            finally
            {
                data[0] = x;
            }
        }
    }

    private readonly struct TwoPlaces(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int a = 1;
            int b = 2;
            ref int place = ref a;
            if (count > 0)
                place = ref b;
            place = 5; // TwoPlaces
            data[0] = a + b;
        }
    }

    private readonly struct BytesOfALocal(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            long wide = count;
            data[0] = Unsafe.As<long, short>(ref wide); // BytesOfALocal
        }
    }

    private readonly struct MutableStatic(Global<int> data) : IKernel
    {
        public static int Setting = Environment.ProcessorCount;

        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = Setting; // MutableStatic
        }
    }

    private readonly struct TooManyBytes(Global<int> data, int count, Registers<long, Times<N128, N8>> table) : IKernel
    {
        public static int BlockThreads => 32;

        public int Length => table.GetHashCode();

        public void Execute()
        {
            data[0] = count + BlockThreads;
        }
    }

    private struct WrittenField(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            count = 5; // WrittenField
            data[0] = count;
        }
    }

    private readonly struct GotoIntoLoop(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            data[0] = Search(count);
        }

        private static int Search(int x)
        {
            if (x > 5)
                goto middle;
        start:
            x += 3;
        middle:
            x *= 2; // GotoIntoLoop
            if (x < 100)
                goto start;
            return x;
        }
    }

    private readonly struct OutsideTile(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Registers<int, N4> tile = default;
            tile[4] = count; // OutsideTile
            data[0] = tile[0];
        }
    }

    private readonly struct AtomicOnLocal(Global<int> data, int count) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            int local = count;
            Atomic.Add(ref local, 1); // AtomicOnLocal
            data[0] = local;
        }
    }

    private readonly struct AtomicMaximumOfFloats(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Global<float> floats = new(data.Address);
            Atomic.Max(ref floats[0], 1f); // AtomicMaximumOfFloats
        }
    }

    private readonly struct TupleInMemory(Global<int> data) : IKernel
    {
        public static int BlockThreads => 32;

        public void Execute()
        {
            Global<(byte, long)> pairs = new(data.Address);
            data[0] = pairs[1].Item1; // TupleInMemory
        }
    }
}
