namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>What a buffer must hold after the launch.</summary>
/// <param name="Buffer">Its name.</param>
/// <param name="Count">Elements that the file has, from the start of the buffer.</param>
/// <param name="File">The expected contents, little endian, without a header.</param>
/// <param name="Sha256">The sum that the file must have; null when any will do.</param>
/// <param name="Ranges">The stretches that are compared.</param>
internal sealed record ExpectedBuffer(
    string Buffer, int Count, string File, string? Sha256, IReadOnlyList<ExpectedRange> Ranges);
