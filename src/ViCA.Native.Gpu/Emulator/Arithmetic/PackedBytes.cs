namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>Instructions on the bytes of a word (PTX ISA: prmt, dp4a, dp2a).</summary>
internal static class PackedBytes
{
    // Generic selectors of the other modes, by the low two bits of the selector.
    private static ReadOnlySpan<ushort> ForwardSelectors => [0x3210, 0x4321, 0x5432, 0x6543];

    private static ReadOnlySpan<ushort> BackwardSelectors => [0x5670, 0x6701, 0x7012, 0x0123];

    private static ReadOnlySpan<ushort> ReplicateSelectors => [0x0000, 0x1111, 0x2222, 0x3333];

    private static ReadOnlySpan<ushort> ClampLeftSelectors => [0x3210, 0x3211, 0x3222, 0x3333];

    private static ReadOnlySpan<ushort> ClampRightSelectors => [0x0000, 0x1110, 0x2210, 0x3210];

    private static ReadOnlySpan<ushort> ReplicateHalfSelectors => [0x1010, 0x3232, 0x1010, 0x3232];

    /// <summary>
    /// <c>prmt.b32{.mode} d, a, b, c</c>: bytes chosen from b:a. In the generic mode the top bit of a selector nibble
    /// replicates the chosen byte's sign.
    /// </summary>
    public static uint Permute(uint a, uint b, uint selector, PermuteMode mode)
    {
        uint nibbles = mode switch
        {
            PermuteMode.Generic => selector,
            PermuteMode.Forward => ForwardSelectors[(int)selector & 3],
            PermuteMode.Backward => BackwardSelectors[(int)selector & 3],
            PermuteMode.Replicate8 => ReplicateSelectors[(int)selector & 3],
            PermuteMode.EdgeClampLeft => ClampLeftSelectors[(int)selector & 3],
            PermuteMode.EdgeClampRight => ClampRightSelectors[(int)selector & 3],
            PermuteMode.Replicate16 => ReplicateHalfSelectors[(int)selector & 3],
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };

        ulong source = ((ulong)b << 32) | a;
        uint result = 0;
        for (int lane = 0; lane < 4; lane++)
        {
            int nibble = (int)(nibbles >> (4 * lane)) & 15;
            byte chosen = (byte)(source >> (8 * (nibble & 7)));
            if ((nibble & 8) != 0)
                chosen = (byte)((sbyte)chosen >> 7);
            result |= (uint)chosen << (8 * lane);
        }

        return result;
    }

    /// <summary><c>dp4a.atype.btype d, a, b, c</c>: c plus the products of the four bytes, wrapping.</summary>
    public static uint DotProduct4(uint a, uint b, uint c, bool aSigned, bool bSigned)
    {
        int sum = (int)c;
        for (int lane = 0; lane < 4; lane++)
            sum += Byte(a, lane, aSigned) * Byte(b, lane, bSigned);
        return (uint)sum;
    }

    /// <summary>
    /// <c>dp2a.{lo, hi}.atype.btype d, a, b, c</c>: c plus the products of a's halves with b's lower or upper two
    /// bytes, wrapping.
    /// </summary>
    public static uint DotProduct2(uint a, uint b, uint c, bool high, bool aSigned, bool bSigned)
    {
        int sum = (int)c;
        for (int lane = 0; lane < 2; lane++)
        {
            ushort half = (ushort)(a >> (16 * lane));
            sum += (aSigned ? (short)half : half) * Byte(b, high ? lane + 2 : lane, bSigned);
        }

        return (uint)sum;
    }

    private static int Byte(uint word, int lane, bool signed)
    {
        byte value = (byte)(word >> (8 * lane));
        return signed ? (sbyte)value : value;
    }
}
