using System.Buffers.Binary;
using System.Text;

namespace ViCA.Native.Tests.Checkpoint;

/// <summary>Safetensors files, right and wrong, byte by byte.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, params byte[] data) => Of(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Of(byte[] header, params byte[] data) => WithLength((ulong)header.Length, [.. header, .. data]);

    /// <summary>A header length that need not be true, and what follows it.</summary>
    public static byte[] WithLength(ulong length, params byte[] rest)
    {
        byte[] file = new byte[8 + rest.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        rest.CopyTo(file, 8);
        return file;
    }

    /// <summary>A header's entry: `"name":{…}`.</summary>
    public static string Entry(string name, string dtype, string shape, string offsets) =>
        $$"""
        "{{name}}":{"dtype":"{{dtype}}","shape":{{shape}},"data_offsets":{{offsets}}}
        """;
}
