using System.Buffers.Binary;
using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// Bit fields, searches and masks (PTX ISA: bfe, bfi, bfind, bmsk, szext, brev, clz, popc, cnot, fns, lop3).
/// </summary>
internal static class BitFields
{
    private const uint NotFound = uint.MaxValue;

    /// <summary><c>bfe.u32</c>: position and length are taken modulo 256; bits beyond the word are zero.</summary>
    public static uint Extract(uint a, uint position, uint length) =>
        Shifts.Right(a, position & 0xff) & Ones32(length & 0xff);

    /// <summary><c>bfe.s32</c>: as unsigned, then extended by the field's last bit that lies in the word.</summary>
    public static int Extract(int a, uint position, uint length) =>
        (int)Extract((long)a, Math.Min(position & 0xff, 32), length);

    /// <summary><c>bfe.u64</c>.</summary>
    public static ulong Extract(ulong a, uint position, uint length) =>
        Shifts.Right(a, position & 0xff) & Ones64(length & 0xff);

    /// <summary><c>bfe.s64</c>.</summary>
    public static long Extract(long a, uint position, uint length)
    {
        int unused = 64 - (int)Math.Min(length & 0xff, 64);
        return unused == 64 ? 0 : Shifts.Right(a, position & 0xff) << unused >> unused;
    }

    /// <summary><c>bfi.b32 f, a, b, c, d</c>: the low bits of a put into b.</summary>
    public static uint Insert(uint a, uint b, uint position, uint length)
    {
        uint mask = Shifts.Left(Ones32(length & 0xff), position & 0xff);
        return (Shifts.Left(a, position & 0xff) & mask) | (b & ~mask);
    }

    /// <summary><c>bfi.b64</c>.</summary>
    public static ulong Insert(ulong a, ulong b, uint position, uint length)
    {
        ulong mask = Shifts.Left(Ones64(length & 0xff), position & 0xff);
        return (Shifts.Left(a, position & 0xff) & mask) | (b & ~mask);
    }

    /// <summary><c>bfind.u32</c>: position of the highest one, or all ones; <c>.shiftamt</c>: from the top.</summary>
    public static uint Find(uint a, bool shiftAmount) =>
        a == 0 ? NotFound : shiftAmount ? CountLeadingZeros(a) : 31 - CountLeadingZeros(a);

    /// <summary><c>bfind.s32</c>: of the highest bit that differs from the sign.</summary>
    public static uint Find(int a, bool shiftAmount) => Find((uint)(a ^ (a >> 31)), shiftAmount);

    /// <summary><c>bfind.u64</c>.</summary>
    public static uint Find(ulong a, bool shiftAmount) =>
        a == 0 ? NotFound : shiftAmount ? CountLeadingZeros(a) : 63 - CountLeadingZeros(a);

    /// <summary><c>bfind.s64</c>.</summary>
    public static uint Find(long a, bool shiftAmount) => Find((ulong)(a ^ (a >> 63)), shiftAmount);

    /// <summary><c>bmsk.{clamp, wrap}.b32</c>: <c>width</c> ones from <c>start</c> on.</summary>
    public static uint Mask(uint start, uint width, bool clamp)
    {
        if (!clamp)
        {
            start &= 31;
            width &= 31;
        }

        return Shifts.Left(Ones32(width), start);
    }

    /// <summary><c>szext.{clamp, wrap}.s32</c>: the low bits, sign-extended; none of them give zero.</summary>
    public static int Extend(int a, uint width, bool clamp)
    {
        int unused = 32 - (int)(clamp ? Math.Min(width, 32) : width & 31);
        return unused == 32 ? 0 : a << unused >> unused;
    }

    /// <summary><c>szext.{clamp, wrap}.u32</c>: the low bits, extended with zeros.</summary>
    public static uint Extend(uint a, uint width, bool clamp) => a & Ones32(clamp ? width : width & 31);

    /// <summary><c>brev.b32</c>.</summary>
    public static uint Reverse(uint a)
    {
        a = ((a >> 1) & 0x5555_5555) | ((a & 0x5555_5555) << 1);
        a = ((a >> 2) & 0x3333_3333) | ((a & 0x3333_3333) << 2);
        a = ((a >> 4) & 0x0f0f_0f0f) | ((a & 0x0f0f_0f0f) << 4);
        return BinaryPrimitives.ReverseEndianness(a);
    }

    /// <summary><c>brev.b64</c>.</summary>
    public static ulong Reverse(ulong a) => ((ulong)Reverse((uint)a) << 32) | Reverse((uint)(a >> 32));

    /// <summary><c>clz.b32</c>.</summary>
    public static uint CountLeadingZeros(uint a) => (uint)BitOperations.LeadingZeroCount(a);

    /// <summary><c>clz.b64</c>.</summary>
    public static uint CountLeadingZeros(ulong a) => (uint)BitOperations.LeadingZeroCount(a);

    /// <summary><c>popc.b32</c>, <c>popc.b64</c>.</summary>
    public static uint CountOnes(ulong a) => (uint)BitOperations.PopCount(a);

    /// <summary><c>fns.b32 d, mask, base, offset</c>: position of the offset-th one from base, or all ones.</summary>
    public static uint FindNth(uint mask, uint start, int offset)
    {
        if (offset == 0)
            return start < 32 && ((mask >> (int)start) & 1) != 0 ? start : NotFound;

        long remaining = Math.Abs((long)offset);
        int step = Math.Sign(offset);
        for (long position = start; position is >= 0 and < 32; position += step)
        {
            if (((mask >> (int)position) & 1) != 0 && --remaining == 0)
                return (uint)position;
        }

        return NotFound;
    }

    /// <summary><c>lop3.b32</c>: bit a·4 + b·2 + c of <paramref name="table"/>, for each bit.</summary>
    public static uint Logic(uint a, uint b, uint c, byte table)
    {
        uint result = 0;
        for (int row = 0; row < 8; row++)
        {
            if (((table >> row) & 1) != 0)
                result |= ((row & 4) != 0 ? a : ~a) & ((row & 2) != 0 ? b : ~b) & ((row & 1) != 0 ? c : ~c);
        }

        return result;
    }

    private static uint Ones32(uint length) => length > 31 ? uint.MaxValue : (1u << (int)length) - 1;

    private static ulong Ones64(uint length) => length > 63 ? ulong.MaxValue : (1UL << (int)length) - 1;
}
