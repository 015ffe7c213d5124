using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>An instruction that reads or writes memory at one address per lane.</summary>
internal abstract unsafe class MemoryInstruction : Instruction
{
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

    /// <summary>The addresses of lanes 0, 1, … lie one after the other, or are all the same.</summary>
    protected enum Pattern
    {
        Scattered,
        Contiguous,
        Uniform,
    }

    public virtual bool IsAtomic => false;

    /// <summary>Volatile, relaxed, acquire, release or atomic (PTX ISA 8.2): never races with its like.</summary>
    public bool IsStrong { get; init; }

    /// <summary>Carries an acquire (or acquire-release).</summary>
    public bool Acquires { get; init; }

    /// <summary>Carries a release (or acquire-release).</summary>
    public bool Releases { get; init; }

    /// <summary>Where the lanes' data lies in this process: the first lane's, for a pattern that is not scattered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected Pattern Recognise(Warp warp, out byte* first)
    {
        first = null;
        Pattern pattern = Address.IsNone ? Pattern.Uniform : Address.Size == 8
            ? Recognise((ulong*)(warp.Frame + Address.Offset))
            : Recognise((uint*)(warp.Frame + Address.Offset));
        if (pattern == Pattern.Scattered)
            return pattern;
        ulong generic = GenericAddress(warp.Frame, 0);
        int bytes = pattern == Pattern.Contiguous ? Lanes.Count * BytesPerLane : BytesPerLane;
        first = TryResolve(warp, generic, bytes);
        return first is null || generic % (ulong)BytesPerLane != 0 ? Pattern.Scattered : pattern;
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

    private byte* TryResolve(Warp warp, ulong address, int bytes)
    {
        ulong offset = address & AddressWindows.OffsetMask;
        switch (address >> 56)
        {
            case 0:
                return IsGlobal(warp, address, bytes) ? (byte*)address : null;
            case AddressWindows.Shared >> 56:
                return offset + (ulong)bytes <= (ulong)warp.Block.Launch.SharedBytes
                    ? warp.Block.Shared + offset
                    : null;
            default:
                return null;
        }
    }

    private byte* TryResolveLocal(Warp warp, int lane, ulong offset) =>
        offset + (ulong)BytesPerLane <= (ulong)warp.LocalStride
            ? warp.Local + ((long)lane * warp.LocalStride) + (long)offset
            : null;

    private bool IsGlobal(Warp warp, ulong address, int bytes)
    {
        EmulatedAllocation? allocation = _last;
        if (allocation is not null && allocation.Contains(address, (ulong)bytes))
            return true;
        allocation = warp.Block.Launch.Memory.Find(address);
        if (allocation is null || !allocation.Contains(address, (ulong)bytes))
            return false;
        _last = allocation;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Pattern Recognise(ulong* registers)
    {
        ulong step = registers[1] - registers[0];
        if (step != 0 && step != (ulong)BytesPerLane)
            return Pattern.Scattered;
        Vector256<ulong> expected = Vector256.Create(registers[0]) + (Vector256.Create(0UL, 1, 2, 3) * step);
        Vector256<ulong> different = Vector256<ulong>.Zero;
        for (int lane = 0; lane < Lanes.Count; lane += 4)
        {
            different |= expected ^ Vector256.Load(registers + lane);
            expected += Vector256.Create(4 * step);
        }
        return different != Vector256<ulong>.Zero ? Pattern.Scattered : step == 0 ? Pattern.Uniform : Pattern.Contiguous;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Pattern Recognise(uint* registers)
    {
        uint step = registers[1] - registers[0];
        if (step != 0 && step != (uint)BytesPerLane)
            return Pattern.Scattered;
        Vector256<uint> expected = Vector256.Create(registers[0])
            + (Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7) * step);
        Vector256<uint> different = Vector256<uint>.Zero;
        for (int lane = 0; lane < Lanes.Count; lane += 8)
        {
            different |= expected ^ Vector256.Load(registers + lane);
            expected += Vector256.Create(8 * step);
        }
        return different != Vector256<uint>.Zero ? Pattern.Scattered : step == 0 ? Pattern.Uniform : Pattern.Contiguous;
    }

    /// <summary>Puts all lanes' generic addresses into 32 words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Addresses(byte* frame, ulong* addresses)
    {
        for (int lane = 0; lane < Lanes.Count; lane++)
            addresses[lane] = GenericAddress(frame, lane);
    }
}
