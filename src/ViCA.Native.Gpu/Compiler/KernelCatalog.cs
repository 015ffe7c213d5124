using System.Reflection;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler;

/// <summary>The kernels of an assembly, generic ones once for every <see cref="InstanceAttribute"/>.</summary>
public static class KernelCatalog
{
    /// <summary>The closed kernel types, sorted by name.</summary>
    public static IReadOnlyList<Type> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return
        [
            .. assembly.GetTypes()
                .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IKernel)))
                .SelectMany(Instances)
                .OrderBy(NameOf, StringComparer.Ordinal),
        ];
    }

    /// <summary>The name of a closed kernel: `RmsNorm&lt;bf16, 8&gt;`.</summary>
    public static string NameOf(Type kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        string name = kernel.Name.Split('`')[0];
        if (name.EndsWith("Kernel", StringComparison.Ordinal))
            name = name[..^"Kernel".Length];
        return kernel.IsGenericType
            ? $"{name}<{string.Join(", ", kernel.GetGenericArguments().Select(ArgumentName))}>"
            : name;
    }

    private static IEnumerable<Type> Instances(Type kernel) => kernel.IsGenericTypeDefinition
        ? kernel.GetCustomAttributes<InstanceAttribute>().Select(instance => kernel.MakeGenericType(instance.TypeArguments))
        : [kernel];

    private static string ArgumentName(Type argument)
    {
        if (argument == typeof(float))
            return "fp32";
        if (argument == typeof(BFloat16))
            return "bf16";
        if (argument.Name is ['N', .. string digits] && digits.All(char.IsAsciiDigit))
            return digits;
        return argument.IsPrimitive ? argument.Name.ToLowerInvariant() : NameOf(argument);
    }
}
