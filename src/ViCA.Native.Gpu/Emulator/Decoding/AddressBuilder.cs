using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Parsing.PtxOperand;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>An address in brackets and the state space that an opcode names.</summary>
internal static class AddressBuilder
{
    /// <summary>The register (or none) and the constant part of an address.</summary>
    public static (Slot Register, long Displacement) Build(DecodeContext x, AddressOperand address, StateSpace space)
    {
        switch (address.Base)
        {
            case null:
                return (Slot.None, address.Offset);
            case VariableOperand { Variable.Space: StateSpace.Local } local:
                return (x.Function.AddressOf(x, local.Variable, 0, 8), address.Offset);
            case VariableOperand variable:
                long generic = space == StateSpace.Generic
                    ? (long)AddressWindows.BaseOf(variable.Variable.Space)
                    : 0;
                return (Slot.None, x.Function.ConstantAddress(x, variable.Variable) + generic + address.Offset);
            default:
                return (x.Read(address.Base, PtxType.U64), address.Offset);
        }
    }

    /// <summary>The space among the modifiers; generic when none is there.</summary>
    public static StateSpace TakeSpace(DecodeContext x) => x.TakeAny(
        "global", "shared", "shared::cta", "local", "const", "param", "param::entry", "param::func") switch
    {
        "global" => StateSpace.Global,
        "shared" or "shared::cta" => StateSpace.Shared,
        "local" => StateSpace.Local,
        "const" => StateSpace.Const,
        "param" or "param::entry" or "param::func" => StateSpace.Param,
        _ => StateSpace.Generic,
    };

    /// <summary>
    /// Takes the modifiers that do not change a result: cache operators, eviction priorities, prefetch sizes, scopes.
    /// </summary>
    public static void TakeHints(DecodeContext x)
    {
        foreach (string modifier in x.Modifiers.ToArray())
        {
            bool isHint = modifier is "nc" or "ca" or "cg" or "cs" or "lu" or "cv" or "wb" or "wt" or "cta" or "gpu"
                or "sys" or "cluster" or "mmio" or "weak"
                || modifier.StartsWith("L1::", StringComparison.Ordinal)
                || modifier.StartsWith("L2::", StringComparison.Ordinal);
            if (isHint)
                x.Take(modifier);

            // The policy is the last operand.
            if (modifier == "L2::cache_hint")
                x.TakeOperands();
        }
    }
}
