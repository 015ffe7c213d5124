namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>One tensor of a header: its data are bytes Begin to End (exclusive) after the header.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, long[] Shape, ulong Begin, ulong End);
