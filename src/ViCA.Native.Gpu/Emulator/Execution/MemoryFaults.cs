using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Findings of accesses to where nothing is.</summary>
internal static class MemoryFaults
{
    public static EmulatorFault Misaligned(MemoryInstruction instruction, Warp warp, int lane, ulong address)
    {
        string what = $"{instruction.Opcode} at {Name(address)}, no multiple of {instruction.BytesPerLane} bytes";
        return new EmulatorFault(instruction.Finding(FindingKinds.Misaligned, $"{Who(warp, lane)}: {what}"));
    }

    public static EmulatorFault OutOfBounds(MemoryInstruction instruction, Warp warp, int lane, ulong address)
    {
        string kind = instruction.IsWrite ? FindingKinds.OutOfBoundsWrite : FindingKinds.OutOfBoundsRead;
        string what = $"{instruction.Opcode} of {instruction.BytesPerLane} bytes at {Name(address)}";
        return new EmulatorFault(instruction.Finding(kind, $"{Who(warp, lane)}: {what}{Near(warp, address)}"));
    }

    /// <summary>Block and thread, as the kernel numbers them.</summary>
    public static string Who(Warp warp, int lane)
    {
        Dim3 extent = warp.Block.Launch.BlockExtent;
        int thread = (warp.Index * Lanes.Count) + lane;
        Dim3 id = new(thread % extent.X, thread / extent.X % extent.Y, thread / extent.X / extent.Y);
        return $"block {warp.Block.Id} thread {id}";
    }

    private static string Name(ulong address) => AddressWindows.SpaceOf(address) switch
    {
        StateSpace.Shared => $"shared address {address & AddressWindows.OffsetMask}",
        StateSpace.Local => $"local address {address & AddressWindows.OffsetMask}",
        _ => $"0x{address:x}",
    };

    private static string Near(Warp warp, ulong address)
    {
        switch (AddressWindows.SpaceOf(address))
        {
            case StateSpace.Shared:
                return $"; the block has {warp.Block.Launch.SharedBytes} bytes of shared memory";
            case StateSpace.Local:
                return $"; a thread has {warp.LocalStride} bytes of local memory";
            default:
                EmulatedAllocation? below = warp.Block.Launch.Memory.FindBelow(address);
                EmulatedAllocation? above = warp.Block.Launch.Memory.Allocations
                    .FirstOrDefault(allocation => allocation.Start > address);
                if (below is not null && (above is null || address - below.End <= above.Start - address))
                    return $"; the buffer of {below.End - below.Start} bytes ends {address - below.End} bytes before";
                return above is null ? "" : $"; the next buffer starts {above.Start - address} bytes behind";
        }
    }
}
