using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Names of special registers (PTX ISA 10).</summary>
internal static class SpecialRegisters
{
    private static readonly Dictionary<string, SpecialRegister> Names = new(StringComparer.Ordinal)
    {
        ["%tid.x"] = SpecialRegister.TidX,
        ["%tid.y"] = SpecialRegister.TidY,
        ["%tid.z"] = SpecialRegister.TidZ,
        ["%ntid.x"] = SpecialRegister.NtidX,
        ["%ntid.y"] = SpecialRegister.NtidY,
        ["%ntid.z"] = SpecialRegister.NtidZ,
        ["%ctaid.x"] = SpecialRegister.CtaidX,
        ["%ctaid.y"] = SpecialRegister.CtaidY,
        ["%ctaid.z"] = SpecialRegister.CtaidZ,
        ["%nctaid.x"] = SpecialRegister.NctaidX,
        ["%nctaid.y"] = SpecialRegister.NctaidY,
        ["%nctaid.z"] = SpecialRegister.NctaidZ,
        ["%laneid"] = SpecialRegister.LaneId,
        ["%warpid"] = SpecialRegister.WarpId,
        ["%nwarpid"] = SpecialRegister.NwarpId,
        ["%smid"] = SpecialRegister.SmId,
        ["%nsmid"] = SpecialRegister.NsmId,
        ["%gridid"] = SpecialRegister.GridId,
        ["%lanemask_eq"] = SpecialRegister.LanemaskEq,
        ["%lanemask_le"] = SpecialRegister.LanemaskLe,
        ["%lanemask_lt"] = SpecialRegister.LanemaskLt,
        ["%lanemask_ge"] = SpecialRegister.LanemaskGe,
        ["%lanemask_gt"] = SpecialRegister.LanemaskGt,
        ["%dynamic_smem_size"] = SpecialRegister.DynamicSmemSize,
        ["%total_smem_size"] = SpecialRegister.TotalSmemSize,
        ["%aggr_smem_size"] = SpecialRegister.AggregateSmemSize,
        ["%tid.w"] = SpecialRegister.Zero,
        ["%ctaid.w"] = SpecialRegister.Zero,
        ["%ntid.w"] = SpecialRegister.One,
        ["%nctaid.w"] = SpecialRegister.One,
        ["%clock"] = SpecialRegister.Clock,
        ["%clock64"] = SpecialRegister.Clock64,
        ["%clock_hi"] = SpecialRegister.ClockHigh,
        ["%globaltimer"] = SpecialRegister.GlobalTimer,
        ["%globaltimer_lo"] = SpecialRegister.GlobalTimerLow,
        ["%globaltimer_hi"] = SpecialRegister.GlobalTimerHigh,
    };

    public static bool TryParse(string name, out SpecialRegister register) => Names.TryGetValue(name, out register);

    /// <summary>Read anew each time.</summary>
    public static bool IsClock(SpecialRegister register) => register >= SpecialRegister.Clock;
}
