using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Values of special registers (PTX ISA 10), put into a frame when an activation starts.</summary>
internal static unsafe class FrameFiller
{
    public static void Fill(Activation activation, Warp warp)
    {
        foreach ((Slot slot, SpecialRegister register, long offset) in activation.Function.Specials)
        {
            if (IsPerLane(register))
                FillLanes(activation.Frame, slot, register, warp);
            else
                Lanes.Fill(activation.Frame, slot, Uniform(register, offset, activation, warp));
        }
    }

    private static bool IsPerLane(SpecialRegister register) => register is >= SpecialRegister.TidX
        and <= SpecialRegister.TidZ or SpecialRegister.LaneId or >= SpecialRegister.LanemaskEq
        and <= SpecialRegister.LanemaskGt;

    private static void FillLanes(byte* frame, Slot slot, SpecialRegister register, Warp warp)
    {
        for (int lane = 0; lane < Lanes.Count; lane++)
            Lanes.Write(frame, slot, lane, PerLane(register, warp, lane));
    }

    private static ulong PerLane(SpecialRegister register, Warp warp, int lane)
    {
        Dim3 extent = warp.Block.Launch.BlockExtent;
        int thread = (warp.Index * Lanes.Count) + lane;
        uint bit = 1u << lane;
        return register switch
        {
            SpecialRegister.TidX => (uint)(thread % extent.X),
            SpecialRegister.TidY => (uint)(thread / extent.X % extent.Y),
            SpecialRegister.TidZ => (uint)(thread / extent.X / extent.Y),
            SpecialRegister.LanemaskEq => bit,
            SpecialRegister.LanemaskLe => bit | (bit - 1),
            SpecialRegister.LanemaskLt => bit - 1,
            SpecialRegister.LanemaskGe => ~(bit - 1),
            SpecialRegister.LanemaskGt => ~(bit | (bit - 1)),
            _ => (uint)lane,
        };
    }

    private static ulong Uniform(SpecialRegister register, long offset, Activation activation, Warp warp)
    {
        Block block = warp.Block;
        Launch launch = block.Launch;
        return register switch
        {
            SpecialRegister.NtidX => (ulong)launch.BlockExtent.X,
            SpecialRegister.NtidY => (ulong)launch.BlockExtent.Y,
            SpecialRegister.NtidZ => (ulong)launch.BlockExtent.Z,
            SpecialRegister.CtaidX => (ulong)block.Id.X,
            SpecialRegister.CtaidY => (ulong)block.Id.Y,
            SpecialRegister.CtaidZ => (ulong)block.Id.Z,
            SpecialRegister.NctaidX => (ulong)launch.Grid.X,
            SpecialRegister.NctaidY => (ulong)launch.Grid.Y,
            SpecialRegister.NctaidZ => (ulong)launch.Grid.Z,
            SpecialRegister.WarpId => (ulong)warp.Index,
            SpecialRegister.NwarpId => (ulong)block.Warps.Length,
            SpecialRegister.SmId => (ulong)(block.Number % Launch.Multiprocessors),
            SpecialRegister.NsmId => Launch.Multiprocessors,
            SpecialRegister.DynamicSmemSize => (ulong)launch.DynamicSharedBytes,
            SpecialRegister.TotalSmemSize or SpecialRegister.AggregateSmemSize => (ulong)launch.SharedBytes,
            SpecialRegister.LocalAddress => (ulong)(activation.LocalBase + offset),
            SpecialRegister.One => 1,
            _ => 0,
        };
    }
}
