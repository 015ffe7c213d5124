using System.Security.Cryptography;

namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Reads the files of a description.</summary>
internal static class DescriptionFile
{
    private const long MaxBytes = 1L << 30;

    /// <exception cref="PtxDescriptionException">It cannot be read, or its sum differs.</exception>
    public static byte[] Read(string path, string? sha256)
    {
        byte[] content;
        try
        {
            if (!File.Exists(path))
                throw new PtxDescriptionException($"{path}: no such file");
            long length = new FileInfo(path).Length;
            if (length > MaxBytes)
                throw new PtxDescriptionException($"{path}: {length} bytes (expected at most {MaxBytes})");
            content = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PtxDescriptionException($"{path}: cannot be read: {failure.Message}", failure);
        }
        if (sha256 is not null && Convert.ToHexStringLower(SHA256.HashData(content)) is string found && found != sha256)
            throw new PtxDescriptionException($"{path}: another file (expected SHA-256 {sha256}, found {found})");
        return content;
    }
}
