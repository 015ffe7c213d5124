namespace ViCA.Native.Gpu.Language;

/// <summary>
/// One closed type of a generic kernel that the project uses: what <c>vica inspect kernel</c>, the tests and the
/// assembler see. A kernel without type parameters needs none.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, AllowMultiple = true)]
public sealed class InstanceAttribute(params Type[] typeArguments) : Attribute
{
    /// <summary>The type arguments, in order.</summary>
    public Type[] TypeArguments { get; } = typeArguments;
}
