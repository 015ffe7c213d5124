using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace ViCA.Native.Gpu.Compiler.IL;

/// <summary>Bytes of a method body to instructions (ECMA-335 III).</summary>
internal static class ILReader
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static List<ILInstruction> Read(ReadOnlySpan<byte> bytes)
    {
        List<ILInstruction> instructions = [];
        int at = 0;
        while (at < bytes.Length)
        {
            int start = at;
            int value = bytes[at++];
            if (value == 0xFE)
                value = value << 8 | bytes[at++];
            OpCode code = Codes[value];
            ReadOnlySpan<byte> rest = bytes[at..];
            int[] targets = [];
            long operand = 0;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget:
                    at += 1;
                    operand = at + (sbyte)rest[0];
                    break;
                case OperandType.ShortInlineI:
                    at += 1;
                    operand = (sbyte)rest[0];
                    break;
                case OperandType.ShortInlineVar:
                    at += 1;
                    operand = rest[0];
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    operand = BinaryPrimitives.ReadUInt16LittleEndian(rest);
                    break;
                case OperandType.InlineBrTarget:
                    at += 4;
                    operand = at + BinaryPrimitives.ReadInt32LittleEndian(rest);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    operand = BinaryPrimitives.ReadInt64LittleEndian(rest);
                    break;
                case OperandType.InlineSwitch:
                    targets = new int[BinaryPrimitives.ReadInt32LittleEndian(rest)];
                    at += 4 + 4 * targets.Length;
                    for (int i = 0; i < targets.Length; i++)
                        targets[i] = at + BinaryPrimitives.ReadInt32LittleEndian(rest[(4 + 4 * i)..]);
                    break;
                default:
                    at += 4;
                    operand = BinaryPrimitives.ReadInt32LittleEndian(rest);
                    break;
            }

            instructions.Add(new ILInstruction(start, at, code, operand, targets));
        }

        return instructions;
    }
}
