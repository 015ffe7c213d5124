using System.Reflection;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>
/// How a type lies in memory: as the runtime lays out an unmanaged struct with sequential layout, except that
/// <see cref="Registers{T, TLength}"/> holds its elements.
/// </summary>
internal sealed class TypeLayout
{
    private static readonly Dictionary<Type, MemoryType> Primitives = new()
    {
        [typeof(bool)] = MemoryType.U8,
        [typeof(byte)] = MemoryType.U8,
        [typeof(sbyte)] = MemoryType.S8,
        [typeof(char)] = MemoryType.U16,
        [typeof(ushort)] = MemoryType.U16,
        [typeof(short)] = MemoryType.S16,
        [typeof(int)] = MemoryType.B32,
        [typeof(uint)] = MemoryType.B32,
        [typeof(long)] = MemoryType.B64,
        [typeof(ulong)] = MemoryType.B64,
        [typeof(nint)] = MemoryType.B64,
        [typeof(nuint)] = MemoryType.B64,
        [typeof(float)] = MemoryType.F32,
        [typeof(double)] = MemoryType.F64,
    };

    private readonly Dictionary<(Type Declaring, string Name), int> _offsets = [];

    private TypeLayout(int bytes, int alignment, IReadOnlyList<Leaf> leaves, bool isPrimitive, bool isSequential = true)
    {
        IsSequential = isSequential;
        Bytes = bytes;
        Alignment = alignment;
        Leaves = leaves;
        IsPrimitive = isPrimitive;
    }

    /// <summary>The type.</summary>
    public Type Type { get; private set; } = typeof(void);

    public int Bytes { get; }

    public int Alignment { get; }

    public IReadOnlyList<Leaf> Leaves { get; }

    /// <summary>Whether a value is one scalar on the IL stack, not a struct.</summary>
    public bool IsPrimitive { get; }

    /// <summary>
    /// Whether the runtime lays it out alike; where it orders the fields itself (tuples), a value may be a variable but
    /// not lie in memory.
    /// </summary>
    public bool IsSequential { get; }

    /// <summary>Where a field lies; 0 for a field of a type that was refused.</summary>
    public int Offset(FieldInfo field) => _offsets.GetValueOrDefault((field.DeclaringType!, field.Name));

    /// <summary>The layout, or null with the reason why a kernel cannot hold such a value.</summary>
    public static TypeLayout? TryCreate(Type type, Dictionary<Type, TypeLayout> known, out string reason)
    {
        reason = "";
        if (known.TryGetValue(type, out TypeLayout? layout))
            return layout;
        layout = Create(type, known, out reason);
        if (layout is not null)
        {
            layout.Type = type;
            known.Add(type, layout);
        }

        return layout;
    }

    private static TypeLayout? Create(Type type, Dictionary<Type, TypeLayout> known, out string reason)
    {
        reason = "";
        if (type.IsEnum)
            type = Enum.GetUnderlyingType(type);
        if (Primitives.TryGetValue(type, out MemoryType primitive))
        {
            Leaf leaf = new(0, primitive);
            return new TypeLayout(leaf.Bytes, leaf.Bytes, [leaf], isPrimitive: true);
        }

        if (!type.IsValueType)
        {
            reason = $"{type.Name} is a class; a kernel holds unmanaged structs only";
            return null;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Registers<,>))
            return CreateRegisters(type, known, out reason);
        return CreateStruct(type, known, out reason);
    }

    private static TypeLayout? CreateRegisters(Type type, Dictionary<Type, TypeLayout> known, out string reason)
    {
        Type[] arguments = type.GetGenericArguments();
        if (TryCreate(arguments[0], known, out reason) is not { } element)
            return null;
        int length = Length(arguments[1]);
        List<Leaf> leaves = [];
        for (int i = 0; i < length; i++)
        {
            foreach (Leaf leaf in element.Leaves)
                leaves.Add(leaf with { Offset = leaf.Offset + i * element.Bytes });
        }

        return new TypeLayout(length * element.Bytes, element.Alignment, leaves, isPrimitive: false, element.IsSequential);
    }

    /// <summary>The number that an <see cref="ILength"/> stands for.</summary>
    public static int Length(Type length)
    {
        MethodInfo getter = typeof(ILength).GetProperty(nameof(ILength.Value))!.GetMethod!;
        InterfaceMapping map = length.GetInterfaceMap(typeof(ILength));
        return (int)map.TargetMethods[Array.IndexOf(map.InterfaceMethods, getter)].Invoke(null, null)!;
    }

    private static TypeLayout? CreateStruct(Type type, Dictionary<Type, TypeLayout> known, out string reason)
    {
        reason = "";
        if (type.StructLayoutAttribute is { Value: LayoutKind.Explicit } or { Pack: not (0 or 8) })
        {
            reason = $"{type.Name} has no sequential layout; leave out [StructLayout]";
            return null;
        }

        List<Leaf> leaves = [];
        List<(FieldInfo Field, int Offset)> offsets = [];
        int end = 0;
        int alignment = 1;
        bool isSequential = type.StructLayoutAttribute is not { Value: LayoutKind.Auto };
        FieldInfo[] fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        foreach (FieldInfo field in fields.OrderBy(field => field.MetadataToken))
        {
            if (field.FieldType.IsByRef || field.FieldType.IsPointer)
            {
                reason = $"field {field.Name} of {type.Name} is a pointer; use Global<T> or Shared<T>";
                return null;
            }

            if (TryCreate(field.FieldType, known, out reason) is not { } layout)
                return null;
            isSequential &= layout.IsSequential;
            int offset = (end + layout.Alignment - 1) / layout.Alignment * layout.Alignment;
            offsets.Add((field, offset));
            foreach (Leaf leaf in layout.Leaves)
                leaves.Add(leaf with { Offset = leaf.Offset + offset });
            end = offset + layout.Bytes;
            alignment = Math.Max(alignment, layout.Alignment);
        }

        int bytes = Math.Max(1, (end + alignment - 1) / alignment * alignment);
        TypeLayout result = new(bytes, alignment, leaves, isPrimitive: false, isSequential);
        foreach ((FieldInfo field, int offset) in offsets)
            result._offsets.Add((field.DeclaringType!, field.Name), offset);
        return result;
    }
}
