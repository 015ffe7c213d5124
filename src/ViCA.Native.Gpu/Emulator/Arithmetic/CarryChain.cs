namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// Extended-precision integers (PTX ISA, "Extended-Precision Integer Arithmetic Instructions"). <c>carry</c> is
/// CC.CF, 0 or 1; instructions without <c>.cc</c> drop the new value, those without an incoming carry pass 0.
/// </summary>
internal static class CarryChain
{
    /// <summary><c>add.cc</c>, <c>addc{.cc}</c> of 32 bits: a + b + carry.</summary>
    public static uint Add(uint a, uint b, ref uint carry)
    {
        ulong sum = (ulong)a + b + carry;
        carry = (uint)(sum >> 32);
        return (uint)sum;
    }

    /// <summary><c>add.cc</c>, <c>addc{.cc}</c> of 64 bits.</summary>
    public static ulong Add(ulong a, ulong b, ref uint carry)
    {
        UInt128 sum = (UInt128)a + b + carry;
        carry = (uint)(sum >> 64);
        return (ulong)sum;
    }

    /// <summary><c>sub.cc</c>, <c>subc{.cc}</c> of 32 bits: a - (b + borrow).</summary>
    public static uint Subtract(uint a, uint b, ref uint borrow)
    {
        ulong difference = (ulong)a - b - borrow;
        borrow = (uint)(difference >> 32) & 1;
        return (uint)difference;
    }

    /// <summary><c>sub.cc</c>, <c>subc{.cc}</c> of 64 bits.</summary>
    public static ulong Subtract(ulong a, ulong b, ref uint borrow)
    {
        UInt128 difference = (UInt128)a - b - borrow;
        borrow = (uint)(difference >> 64) & 1;
        return (ulong)difference;
    }
}
