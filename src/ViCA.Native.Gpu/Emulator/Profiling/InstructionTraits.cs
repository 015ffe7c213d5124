namespace ViCA.Native.Gpu.Emulator.Profiling;

/// <summary>What an opcode tells about itself: its class and its work on floats.</summary>
internal static class InstructionTraits
{
    /// <summary>The class of an opcode.</summary>
    public static InstructionClass Class(string opcode)
    {
        string[] parts = opcode.Split('.');
        return parts[0] switch
        {
            "ld" or "st" or "ldu" or "prefetch" or "prefetchu" => MemoryClass(parts),
            "atom" or "red" => InstructionClass.Atomic,
            "mov" or "cvta" or "isspacep" or "mapa" or "getctarank" => InstructionClass.Move,
            "cvt" => InstructionClass.Conversion,
            "bra" or "brx" or "call" or "ret" or "exit" or "trap" or "nanosleep" => InstructionClass.Control,
            "bar" or "barrier" or "membar" or "fence" => InstructionClass.Synchronisation,
            "shfl" or "vote" or "match" or "redux" or "activemask" or "elect" => InstructionClass.WarpExchange,
            "mma" or "wmma" or "wgmma" or "ldmatrix" or "stmatrix" or "movmatrix" or "cp" or "mbarrier" =>
                InstructionClass.Tensor,
            "div" or "rcp" or "sqrt" or "rsqrt" or "sin" or "cos" or "ex2" or "lg2" or "tanh" when IsFloat(parts) =>
                InstructionClass.SpecialFunction,
            _ => IsFloat(parts) ? InstructionClass.Float : InstructionClass.Integer,
        };
    }

    /// <summary>Whether an opcode accesses memory that several threads can see.</summary>
    public static bool AccessesMemory(string opcode)
    {
        string[] parts = opcode.Split('.');
        return parts[0] switch
        {
            "ld" or "st" => !parts.Contains("param") && !parts.Contains("local") && !parts.Contains("const"),
            "atom" or "red" or "ldmatrix" or "stmatrix" => true,
            "cp" => !parts.Any(part => part is "commit_group" or "wait_group" or "wait_all" or "mbarrier"),
            _ => false,
        };
    }

    /// <summary>Operations on floats per active lane.</summary>
    public static int FloatingPointOperations(string opcode)
    {
        string[] parts = opcode.Split('.');
        if (!IsFloat(parts))
            return 0;
        int width = parts[^1].EndsWith("x2", StringComparison.Ordinal) ? 2 : 1;
        return parts[0] switch
        {
            "fma" or "mad" => 2 * width,
            "add" or "sub" or "mul" or "div" or "rcp" or "sqrt" or "rsqrt" => width,
            "sin" or "cos" or "ex2" or "lg2" or "tanh" => width,
            _ => 0,
        };
    }

    private static InstructionClass MemoryClass(string[] parts)
    {
        if (parts.Contains("global"))
            return InstructionClass.GlobalMemory;
        if (parts.Any(part => part.StartsWith("shared", StringComparison.Ordinal)))
            return InstructionClass.SharedMemory;
        return parts.Contains("param") ? InstructionClass.Move : InstructionClass.OtherMemory;
    }

    private static bool IsFloat(string[] parts) =>
        parts[^1] is "f16" or "f16x2" or "bf16" or "bf16x2" or "f32" or "f64";
}
