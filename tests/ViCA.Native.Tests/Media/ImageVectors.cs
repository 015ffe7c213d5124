using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace ViCA.Native.Tests.Media;

/// <summary>Pillow's results for pictures made by formulas: see Fixtures/image/README.md.</summary>
internal static class ImageVectors
{
    internal static JsonElement[] Cases(string file) =>
        [.. Read(file).GetProperty("cases").EnumerateArray()];

    internal static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, "image", file))).RootElement;

    /// <summary>The input of a case: [height, width, 3].</summary>
    internal static byte[] Picture(JsonElement vector)
    {
        int width = vector.GetProperty("width").GetInt32();
        int height = vector.GetProperty("height").GetInt32();
        byte[] rgb = new byte[width * height * 3];
        string formula = vector.GetProperty("formula").GetString()!;
        if (formula == "noise")
        {
            FillNoise(rgb, vector.GetProperty("seed").GetUInt64());
            return rgb;
        }
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                Pixel(formula, x, y).CopyTo(rgb, ((y * width) + x) * 3);
        }
        return rgb;
    }

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Pixel(string formula, int x, int y) => formula switch
    {
        "gradient" => [(byte)((7 * x) + (3 * y)), (byte)((x * x) + y), (byte)(x ^ y)],
        "blocks" =>
        [
            (byte)((((x / 3) + (y / 5)) & 1) != 0 ? 255 : 0),
            (byte)((x & 1) != 0 ? 255 : 0),
            (byte)((x + y) % 7 < 3 ? 255 : 0),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, "no such formula"),
    };

    private static void FillNoise(byte[] rgb, ulong state)
    {
        byte[] word = new byte[8];
        for (int i = 0; i < rgb.Length; i += 8)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(word, z ^ (z >> 31));
            word.AsSpan(0, Math.Min(8, rgb.Length - i)).CopyTo(rgb.AsSpan(i));
        }
    }
}
