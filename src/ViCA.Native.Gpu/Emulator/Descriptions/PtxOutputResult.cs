namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>One buffer after the launch, compared.</summary>
/// <param name="Buffer">Its name.</param>
/// <param name="IsEqual">Whether it holds what it must.</param>
/// <param name="FirstDifference">The first difference in a required range, else in an optional one.</param>
/// <param name="IsOptional">Whether the difference is only worth a look.</param>
public sealed record PtxOutputResult(string Buffer, bool IsEqual, PtxDifference? FirstDifference, bool IsOptional);
