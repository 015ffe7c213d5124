namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>How far a pass over weights has come.</summary>
public readonly record struct ByteProgress(long DoneBytes, long TotalBytes);
