using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>All that decides what a warp does next, apart from memory, as a SHA-256.</summary>
internal static unsafe class WarpState
{
    public const int Bytes = SHA256.HashSizeInBytes;

    public static void Write(Warp warp, Span<byte> destination)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> place = stackalloc byte[5 * sizeof(int)];
        Append(hash, place, warp.SplitOrderState, warp.Splits.Count, 0, 0, 0);
        foreach (Split split in warp.Splits)
        {
            Append(hash, place, split.Pc, (int)split.Mask, (int)split.Wait, (int)split.Members, split.Activation.Depth);
            for (Activation? activation = split.Activation; activation is not null; activation = activation.Caller)
            {
                Append(hash, place, activation.CallIndex, (int)activation.Lanes, activation.LocalBase, 0, 0);
                hash.AppendData(new ReadOnlySpan<byte>(activation.Frame, activation.Function.FrameBytes));
            }
        }

        hash.GetHashAndReset(destination);
    }

    private static void Append(IncrementalHash hash, Span<byte> bytes, int a, int b, int c, int d, int e)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, a);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], b);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], c);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], d);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], e);
        hash.AppendData(bytes);
    }
}
