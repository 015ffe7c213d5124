using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>An instruction that reads or writes memory at one address per lane.</summary>
internal abstract unsafe class MemoryInstruction : Instruction
{
    /// <summary>The largest distance of lanes' data that counts as one.</summary>
    private const uint MaximumStep = 1 << 20;

    /// <summary>The allocation that was hit last; any thread may set it.</summary>
    private EmulatedAllocation? _last;

    /// <summary>The space that the opcode names.</summary>
    public required StateSpace Space { get; init; }

    /// <summary>The register with the address; none when the address is a constant.</summary>
    public required Slot Address { get; init; }

    /// <summary>Added to it.</summary>
    public required long Displacement { get; init; }

    /// <summary>Bytes that each lane touches.</summary>
    public required int BytesPerLane { get; init; }

    public abstract bool IsWrite { get; }

    public virtual bool IsAtomic => false;

    /// <summary>Volatile, relaxed, acquire, release or atomic (PTX ISA 8.2): never races with its like.</summary>
    public bool IsStrong { get; init; }

    /// <summary>Orders within the block only (<c>.cta</c>).</summary>
    public required bool IsOfBlockScope { get; init; }

    /// <summary>Carries an acquire (or acquire-release).</summary>
    public bool Acquires { get; init; }

    /// <summary>Carries a release (or acquire-release).</summary>
    public bool Releases { get; init; }

    /// <summary>
    /// True when the lanes' data lies at one distance, all of it aligned and where it may be: then lane 0's place in
    /// this process and the distance in bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected bool TryFindStep(Warp warp, out byte* first, out long step)
    {
        first = null;
        step = Address.IsNone ? 0 : Address.Size == 8
            ? StepOf((ulong*)(warp.Frame + Address.Offset))
            : StepOf((uint*)(warp.Frame + Address.Offset));
        ulong generic = GenericAddress(warp.Frame, 0);
        if (step < 0 || ((generic | (ulong)step) & (ulong)(BytesPerLane - 1)) != 0)
            return false;
        if (generic >> 56 != AddressWindows.Local >> 56)
        {
            first = TryResolve(warp, generic, ((Lanes.Count - 1) * step) + BytesPerLane);
        }
        else if (step == 0)
        {
            first = TryResolveLocal(warp, 0, generic & AddressWindows.OffsetMask);
            step = warp.LocalStride;
        }
        return first is not null;
    }

    /// <summary>Where the data of the lanes of the mask lies; a finding where one may not go there.</summary>
    /// <returns>32 places in the warp's scratch memory, set for these lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected byte** ResolveAll(Warp warp, uint mask)
    {
        ulong* places = warp.Scratch;
        Addresses(warp.Frame, places);
        MemoryWindow window = default;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = (int)uint.TrailingZeroCount(rest);
            ulong address = places[lane];
            byte* place = (address & (ulong)(BytesPerLane - 1)) == 0 ? window.Find(address, BytesPerLane) : null;
            if (place is null)
            {
                place = Resolve(warp, lane, address);
                window = WindowAt(warp, address);
            }
            places[lane] = (ulong)place;
        }
        return (byte**)places;
    }

    /// <summary>Where one lane's data lies; a finding where it may not go there.</summary>
    protected byte* Resolve(Warp warp, int lane, ulong address)
    {
        if ((address & (ulong)(BytesPerLane - 1)) != 0)
            throw MemoryFaults.Misaligned(this, warp, lane, address);
        byte* pointer = address >> 56 == AddressWindows.Local >> 56
            ? TryResolveLocal(warp, lane, address & AddressWindows.OffsetMask)
            : TryResolve(warp, address, BytesPerLane);
        return pointer is not null ? pointer : throw MemoryFaults.OutOfBounds(this, warp, lane, address);
    }

    /// <summary>The generic address of one lane.</summary>
    protected ulong GenericAddress(byte* frame, int lane)
    {
        ulong window = AddressWindows.BaseOf(Space);
        if (Address.Size == 8)
            return unchecked(((ulong*)(frame + Address.Offset))[lane] + (ulong)Displacement + window);
        // An address of 32 bits wraps within its space, a negative displacement included.
        return Address.IsNone
            ? unchecked((ulong)Displacement + window)
            : window + unchecked(((uint*)(frame + Address.Offset))[lane] + (uint)Displacement);
    }

    private byte* TryResolve(Warp warp, ulong address, long bytes) =>
        WindowAt(warp, address).Find(address, bytes);

    private byte* TryResolveLocal(Warp warp, int lane, ulong offset) =>
        offset + (ulong)BytesPerLane <= (ulong)warp.LocalStride
            ? warp.Local + ((long)lane * warp.LocalStride) + (long)offset
            : null;

    /// <summary>The memory around a generic address; an empty window where none is, or each lane has its own.</summary>
    private MemoryWindow WindowAt(Warp warp, ulong address)
    {
        if (address >> 56 == AddressWindows.Shared >> 56)
            return new MemoryWindow(AddressWindows.Shared, warp.Block.Launch.SharedBytes, warp.Block.Shared);
        if (address >> 56 != 0)
            return default;
        EmulatedAllocation? allocation = _last;
        if (allocation is null || allocation.IsFreed || !allocation.Contains(address, 1))
        {
            allocation = warp.Block.Launch.Memory.Find(address);
            if (allocation is null)
                return default;
            _last = allocation;
        }
        return new MemoryWindow(allocation.Start, (long)(allocation.End - allocation.Start), (byte*)allocation.Start);
    }

    /// <summary>By how much each lane's register exceeds the one before; -1 when that differs or is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long StepOf<T>(T* registers)
        where T : unmanaged, IBinaryInteger<T>
    {
        T step = registers[1] - registers[0];
        if (step > T.CreateTruncating(MaximumStep))
            return -1;
        Vector256<T> expected = Vector256.Create(step);
        Vector256<T> different = Vector256<T>.Zero;
        for (int lane = 1; lane < Lanes.Count; lane += Vector256<T>.Count)
        {
            T* at = registers + Math.Min(lane, Lanes.Count - Vector256<T>.Count);
            different |= (Vector256.Load(at) - Vector256.Load(at - 1)) ^ expected;
        }
        return different == Vector256<T>.Zero ? long.CreateTruncating(step) : -1;
    }

    /// <summary>Puts all lanes' generic addresses into 32 words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Addresses(byte* frame, ulong* addresses)
    {
        ulong window = AddressWindows.BaseOf(Space);
        if (Address.IsNone)
        {
            new Span<ulong>(addresses, Lanes.Count).Fill(unchecked((ulong)Displacement + window));
            return;
        }
        byte* registers = frame + Address.Offset;
        if (Address.Size == 8)
        {
            Vector256<ulong> added = Vector256.Create(unchecked((ulong)Displacement + window));
            for (int lane = 0; lane < Lanes.Count; lane += Vector256<ulong>.Count)
                (Vector256.Load((ulong*)registers + lane) + added).Store(addresses + lane);
            return;
        }
        Vector256<ulong> start = Vector256.Create(window);
        for (int lane = 0; lane < Lanes.Count; lane += Vector256<uint>.Count)
        {
            // An address of 32 bits wraps within its space, a negative displacement included.
            Vector256<uint> offset = Vector256.Load((uint*)registers + lane)
                + Vector256.Create(unchecked((uint)Displacement));
            (Vector256.WidenLower(offset) + start).Store(addresses + lane);
            (Vector256.WidenUpper(offset) + start).Store(addresses + lane + Vector256<ulong>.Count);
        }
    }
}
