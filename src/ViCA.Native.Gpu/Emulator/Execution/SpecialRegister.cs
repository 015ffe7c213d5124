namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Special registers (PTX ISA 10) and what else a frame is filled with.</summary>
internal enum SpecialRegister
{
    TidX, TidY, TidZ,
    NtidX, NtidY, NtidZ,
    CtaidX, CtaidY, CtaidZ,
    NctaidX, NctaidY, NctaidZ,
    LaneId, WarpId, NwarpId, SmId, NsmId, GridId,
    LanemaskEq, LanemaskLe, LanemaskLt, LanemaskGe, LanemaskGt,
    DynamicSmemSize, TotalSmemSize, AggregateSmemSize,

    /// <summary>A value that is always 0.</summary>
    Zero,

    /// <summary>A value that is always 1.</summary>
    One,

    /// <summary>Start of the activation's local memory; the offset is a variable's.</summary>
    LocalAddress,

    Clock, Clock64, ClockHigh, GlobalTimer, GlobalTimerLow, GlobalTimerHigh,
}
