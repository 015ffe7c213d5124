using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>
/// One element of <c>ld</c> or <c>st</c> between memory and a register of all lanes: extended by its type on the way
/// in, cut to it on the way out.
/// </summary>
internal abstract unsafe class ElementTransfer
{
    /// <summary>The transfer of elements of that type to and from registers of that size.</summary>
    /// <param name="elementBytes">1, 2, 4, 8 or 16.</param>
    /// <param name="isSigned">Whether a narrow element is extended with its sign.</param>
    /// <param name="registerBytes">4, 8 or 16 (<see cref="Slot.Size"/>).</param>
    public static ElementTransfer Create(int elementBytes, bool isSigned, int registerBytes) => registerBytes switch
    {
        4 => Create<uint>(elementBytes, isSigned),
        8 => Create<ulong>(elementBytes, isSigned),
        16 => new ElementTransfer<UInt128, UInt128>(),
        _ => throw new ArgumentOutOfRangeException(nameof(registerBytes), registerBytes, "expected 4, 8 or 16"),
    };

    /// <summary>All lanes' elements, <paramref name="step"/> bytes apart, into the register.</summary>
    public abstract void Load(byte* register, byte* first, long step);

    /// <summary>The elements of the lanes of the mask, each behind its lane's place, into the register.</summary>
    public abstract void Load(byte* register, byte** places, int offset, uint mask);

    /// <summary>The register into all lanes' elements, <paramref name="step"/> bytes apart.</summary>
    public abstract void Store(byte* register, byte* first, long step);

    /// <summary>The register into the elements of the lanes of the mask, the lowest lane first.</summary>
    public abstract void Store(byte* register, byte** places, int offset, uint mask);

    private static ElementTransfer Create<TRegister>(int elementBytes, bool isSigned)
        where TRegister : unmanaged, IBinaryInteger<TRegister> => (elementBytes, isSigned) switch
        {
            (1, false) => new ElementTransfer<byte, TRegister>(),
            (1, true) => new ElementTransfer<sbyte, TRegister>(),
            (2, false) => new ElementTransfer<ushort, TRegister>(),
            (2, true) => new ElementTransfer<short, TRegister>(),
            (4, false) => new ElementTransfer<uint, TRegister>(),
            (4, true) => new ElementTransfer<int, TRegister>(),
            _ => new ElementTransfer<ulong, TRegister>(),
        };
}

/// <inheritdoc/>
internal sealed unsafe class ElementTransfer<TElement, TRegister> : ElementTransfer
    where TElement : unmanaged, IBinaryInteger<TElement>
    where TRegister : unmanaged, IBinaryInteger<TRegister>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(byte* register, byte* first, long step)
    {
        TRegister* to = (TRegister*)register;
        if (step == 0)
            new Span<TRegister>(to, Lanes.Count).Fill(TRegister.CreateTruncating(*(TElement*)first));
        else if (step == sizeof(TElement) && sizeof(TElement) == sizeof(TRegister))
            Copy(first, register);
        else
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
                to[lane] = TRegister.CreateTruncating(*(TElement*)(first + (lane * step)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(byte* register, byte** places, int offset, uint mask)
    {
        TRegister* to = (TRegister*)register;
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            if ((mask >> lane & 1) != 0)
                to[lane] = TRegister.CreateTruncating(*(TElement*)(places[lane] + offset));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Store(byte* register, byte* first, long step)
    {
        TRegister* from = (TRegister*)register;
        if (step == sizeof(TElement) && sizeof(TElement) == sizeof(TRegister))
            Copy(register, first);
        else
        {
            for (int lane = 0; lane < Lanes.Count; lane++)
                *(TElement*)(first + (lane * step)) = TElement.CreateTruncating(from[lane]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Store(byte* register, byte** places, int offset, uint mask)
    {
        TRegister* from = (TRegister*)register;
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            if ((mask >> lane & 1) != 0)
                *(TElement*)(places[lane] + offset) = TElement.CreateTruncating(from[lane]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* from, byte* to)
    {
        for (int i = 0; i < Lanes.Count * sizeof(TElement); i += 32)
            Vector256.Load(from + i).Store(to + i);
    }
}
