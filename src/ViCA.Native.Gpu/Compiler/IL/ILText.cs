using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.IL;

/// <summary>The IL of a kernel as text.</summary>
public static class ILText
{
    /// <summary>The instructions of Execute, one a line, with the names of what they call.</summary>
    public static string Of(Type kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        InterfaceMapping map = kernel.GetInterfaceMap(typeof(IKernel));
        int index = Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(IKernel.Execute));
        MethodInfo execute = map.TargetMethods[index];
        StringBuilder text = new();
        foreach (ILInstruction instruction in ILReader.Read(execute.GetMethodBody()!.GetILAsByteArray()))
        {
            text.Append(CultureInfo.InvariantCulture, $"IL_{instruction.Offset:x4}: {instruction.Code.Name,-12}");
            text.Append(Operand(execute, kernel, instruction).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string Operand(MethodInfo method, Type kernel, ILInstruction instruction)
    {
        switch (instruction.Code.OperandType)
        {
            case OperandType.InlineNone:
                return "";
            case OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget:
                return $" IL_{instruction.Operand:x4}";
            case OperandType.InlineSwitch:
                return $" ({string.Join(", ", instruction.Targets.Select(target => $"IL_{target:x4}"))})";
            case OperandType.InlineR:
                return " " + BitConverter.Int64BitsToDouble(instruction.Operand).ToString("R", CultureInfo.InvariantCulture);
            case OperandType.ShortInlineR:
                return " " + BitConverter.Int32BitsToSingle((int)instruction.Operand).ToString("R", CultureInfo.InvariantCulture);
            case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                Type[]? arguments = kernel.IsGenericType ? kernel.GetGenericArguments() : null;
                MemberInfo? member = method.Module.ResolveMember((int)instruction.Operand, arguments, null);
                return $" {(member is Type type ? KernelCatalog.NameOf(type) : Describe(member))}";
            default:
                return " " + instruction.Operand.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Describe(MemberInfo? member) =>
        member?.DeclaringType is { } declaring ? $"{KernelCatalog.NameOf(declaring)}.{member.Name}" : $"{member?.Name}";
}
