namespace ViCA.Native.Gpu.Language;

/// <summary>Marks a member that the compiler builds itself, because one instruction does not describe it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuiltinAttribute(Builtin kind) : Attribute
{
    public Builtin Kind { get; } = kind;
}
