namespace ViCA.Native.Tensors;

/// <summary>A fill of a <see cref="Workspace"/>.</summary>
public readonly record struct WorkspaceMark(int Block, long Used);
