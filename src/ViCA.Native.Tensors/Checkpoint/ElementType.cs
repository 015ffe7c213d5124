namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// An element type by its name in safetensors files. Models use those that <see cref="DType"/> has; the others are read
/// only where a caller asks for them (indices beside captured activations, for example).
/// </summary>
public readonly record struct ElementType(string Name, int Bytes)
{
    private static readonly ElementType[] Known =
    [
        new("BF16", 2), new("F16", 2), new("F32", 4), new("F64", 8), new("BOOL", 1), new("U8", 1), new("I8", 1),
        new("U16", 2), new("I16", 2), new("U32", 4), new("I32", 4), new("U64", 8), new("I64", 8),
    ];

    /// <summary>Whether models can be made of it: BF16, F16 or F32.</summary>
    public bool IsDType => Name is "BF16" or "F16" or "F32";

    /// <summary>The element type of that name in a file, or null when it is none that we know.</summary>
    public static ElementType? Find(string name)
    {
        foreach (ElementType type in Known)
        {
            if (type.Name == name)
                return type;
        }
        return null;
    }

    /// <summary>The element type of a tensor of ours.</summary>
    public static ElementType Of(DType dtype) => Known[dtype switch { DType.BF16 => 0, DType.F16 => 1, _ => 2 }];

    /// <summary>The same type as <see cref="DType"/>; only when <see cref="IsDType"/>.</summary>
    public DType ToDType() => Name switch
    {
        "BF16" => DType.BF16,
        "F16" => DType.F16,
        "F32" => DType.F32,
        _ => throw new InvalidOperationException($"{Name} is not an element type of models"),
    };
}
