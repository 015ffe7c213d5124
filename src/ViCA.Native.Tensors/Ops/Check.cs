using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Ops;

/// <summary>Checks of the ops' contracts: a violation is a programming mistake and says op, argument, expected, found.</summary>
internal static class Check
{
    /// <summary>Throws ArgumentException unless <paramref name="tensor"/> is [rows, columns].</summary>
    public static void Shape(
        Tensor tensor,
        int rows,
        int columns,
        [CallerArgumentExpression(nameof(tensor))] string? argument = null,
        [CallerMemberName] string? op = null)
    {
        if (tensor.Rows != rows || tensor.Columns != columns)
        {
            throw new ArgumentException(
                $"{op}: {argument} is [{tensor.Rows}, {tensor.Columns}] (expected [{rows}, {columns}])", argument);
        }
    }

    /// <summary>Throws ArgumentException unless <paramref name="tensor"/> has this element type.</summary>
    public static void Type(
        Tensor tensor,
        DType dtype,
        [CallerArgumentExpression(nameof(tensor))] string? argument = null,
        [CallerMemberName] string? op = null)
    {
        if (tensor.DType != dtype)
            throw new ArgumentException($"{op}: {argument} is {tensor.DType} (expected {dtype})", argument);
    }

    /// <summary>Throws ArgumentException unless the tensors lie where the context's ops run.</summary>
    public static void Place(OpContext context, ReadOnlySpan<Tensor> tensors, [CallerMemberName] string? op = null)
    {
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Device != context.Device)
            {
                throw new ArgumentException(
                    $"{op}: {tensor} lies on {tensor.Device?.Name ?? "the host"} (expected {context.Device?.Name ?? "the host"})");
            }
        }
    }

    /// <summary>Throws ArgumentException unless the condition holds; <paramref name="requirement"/> says it in words.</summary>
    public static void That(
        bool condition,
        [InterpolatedStringHandlerArgument(nameof(condition))] ref CheckMessage requirement,
        [CallerMemberName] string? op = null)
    {
        if (!condition)
            throw new ArgumentException($"{op}: {requirement.Finish()}");
    }
}
