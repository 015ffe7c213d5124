using System.Reflection.Emit;

namespace ViCA.Native.Gpu.Compiler.IL;

/// <summary>One IL instruction.</summary>
/// <param name="Offset">Its offset in the method's bytes.</param>
/// <param name="End">Offset of the next instruction.</param>
/// <param name="Code">The operation.</param>
/// <param name="Operand">Integer, float bits, token, branch target or variable index; see <see cref="OpCode.OperandType"/>.</param>
/// <param name="Targets">Targets of a switch, else empty.</param>
internal sealed record ILInstruction(int Offset, int End, OpCode Code, long Operand, int[] Targets);
