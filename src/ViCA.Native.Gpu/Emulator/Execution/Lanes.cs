using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Values of all lanes in native memory.</summary>
internal static unsafe class Lanes
{
    public const int Count = 32;
    public const uint All = uint.MaxValue;

    /// <summary>One lane's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(byte* frame, Slot slot, int lane) => slot.Size switch
    {
        4 => ((uint*)(frame + slot.Offset))[lane],
        8 => ((ulong*)(frame + slot.Offset))[lane],
        0 => (*(uint*)(frame + slot.Offset) >> lane) & 1,
        _ => 0,
    };

    /// <summary>Sets one lane's bits, cut to the slot's size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* frame, Slot slot, int lane, ulong value)
    {
        if (slot.Size == 4)
            ((uint*)(frame + slot.Offset))[lane] = (uint)value;
        else if (slot.Size == 8)
            ((ulong*)(frame + slot.Offset))[lane] = value;
        else if (slot.Size == 0)
            WritePredicate(frame, slot, 1u << lane, value == 0 ? 0 : 1u << lane);
    }

    /// <summary>Sets a predicate in the lanes of the mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WritePredicate(byte* frame, Slot slot, uint mask, uint value)
    {
        uint* predicate = (uint*)(frame + slot.Offset);
        *predicate = (*predicate & ~mask) | (value & mask);
    }

    /// <summary>All lanes of 4 bytes with one value.</summary>
    public static void Fill(byte* frame, Slot slot, ulong value)
    {
        if (slot.Size == 0)
            *(uint*)(frame + slot.Offset) = value == 0 ? 0 : All;
        else if (slot.Size == 4)
            new Span<uint>(frame + slot.Offset, Count).Fill((uint)value);
        else if (slot.Size == 8)
            new Span<ulong>(frame + slot.Offset, Count).Fill(value);
    }

    /// <summary>Each lane's bits, extended with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(byte* frame, Slot slot, ulong* values)
    {
        if (slot.Size == 8)
        {
            for (int i = 0; i < Count; i += 4)
                Vector256.Load((ulong*)(frame + slot.Offset) + i).Store(values + i);
        }
        else if (slot.Size == 4)
        {
            for (int i = 0; i < Count; i += 8)
            {
                Vector256<uint> narrow = Vector256.Load((uint*)(frame + slot.Offset) + i);
                Vector256.WidenLower(narrow).Store(values + i);
                Vector256.WidenUpper(narrow).Store(values + i + 4);
            }
        }
        else if (slot.IsNone)
        {
            new Span<ulong>(values, Count).Clear();
        }
        else
        {
            for (int lane = 0; lane < Count; lane++)
                values[lane] = Read(frame, slot, lane);
        }
    }

    /// <summary>Sets the bits of the lanes of the mask, cut to the slot's size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(byte* frame, Slot slot, uint mask, ulong* values)
    {
        if (slot.Size == 8)
        {
            for (int i = 0; i < 8; i++)
                Store(frame + slot.Offset, i, mask, Vector256.Load(values + (4 * i)));
        }
        else if (slot.Size == 4)
        {
            for (int i = 0; i < 4; i++)
            {
                Vector256<ulong> low = Vector256.Load(values + (8 * i));
                Vector256<ulong> high = Vector256.Load(values + (8 * i) + 4);
                Store(frame + slot.Offset, i, mask, Vector256.Narrow(low, high));
            }
        }
        else
        {
            for (uint rest = mask; rest != 0; rest &= rest - 1)
            {
                int lane = (int)uint.TrailingZeroCount(rest);
                Write(frame, slot, lane, values[lane]);
            }
        }
    }

    /// <summary>All bits of each lane that the mask names, for the 8 or 4 lanes of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Expand<T>(uint mask, int chunk)
        where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            Vector256<uint> bits = Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128);
            return Vector256.Equals(Vector256.Create(mask >> (8 * chunk)) & bits, bits).As<uint, T>();
        }
        Vector256<ulong> wide = Vector256.Create(1UL, 2, 4, 8);
        return Vector256.Equals(Vector256.Create((ulong)(mask >> (4 * chunk))) & wide, wide).As<ulong, T>();
    }

    /// <summary>Stores one chunk of 32 bytes in the lanes of the mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(byte* destination, int chunk, uint mask, Vector256<T> value)
        where T : unmanaged
    {
        T* at = (T*)(destination + (32 * chunk));
        if (mask != All)
            value = Vector256.ConditionalSelect(Expand<T>(mask, chunk), value, Vector256.Load(at));
        value.Store(at);
    }
}
