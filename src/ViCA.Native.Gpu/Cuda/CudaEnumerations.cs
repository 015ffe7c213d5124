namespace ViCA.Native.Gpu.Cuda;

/// <summary>CUdevice_attribute, as far as it is asked for.</summary>
internal enum DeviceAttribute
{
    WarpSize = 10,
    ClockKilohertz = 13,
    Multiprocessors = 16,
    MemoryClockKilohertz = 36,
    MemoryBusBits = 37,
    L2Bytes = 38,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
    SharedBytesPerMultiprocessor = 81,
    SharedBytesPerBlockOptIn = 97,
}

/// <summary>CUfunction_attribute, as far as it is used.</summary>
internal enum FunctionAttribute
{
    MaxThreadsPerBlock = 0,
    SharedBytes = 1,
    ConstantBytes = 2,
    LocalBytes = 3,
    Registers = 4,
    MaxDynamicSharedBytes = 8,
    NonPortableClusterSizeAllowed = 14,
}

/// <summary>CUjit_option, as far as it is used.</summary>
internal enum JitOption
{
    InfoLog = 3,
    InfoLogBytes = 4,
    ErrorLog = 5,
    ErrorLogBytes = 6,
    LogVerbose = 12,
    GenerateLineInfo = 13,
}

/// <summary>CUjitInputType, as far as it is used.</summary>
internal enum JitInput
{
    Ptx = 1,
}

/// <summary>CUlaunchAttributeID, as far as it is used.</summary>
internal enum LaunchAttributeId
{
    Cooperative = 2,
    ClusterDimension = 4,
    ProgrammaticStreamSerialization = 6,
}

/// <summary>CUresult: the numbers that decide what kind of failure it is.</summary>
internal static class CudaResult
{
    internal const int Success = 0;
    internal const int OutOfMemory = 2;
    internal const int Deinitialized = 4;
    internal const int StubLibrary = 34;
    internal const int DeviceUnavailable = 46;
    internal const int NoDevice = 100;
    internal const int NoBinaryForGpu = 209;
    internal const int EccUncorrectable = 214;
    internal const int UnsupportedPtxVersion = 222;
    internal const int IllegalAddress = 700;
    internal const int LaunchTimeout = 702;
    internal const int HardwareStackError = 714;
    internal const int IllegalInstruction = 715;
    internal const int MisalignedAddress = 716;
    internal const int InvalidAddressSpace = 717;
    internal const int InvalidProgramCounter = 718;
    internal const int LaunchFailed = 719;
    internal const int SystemNotReady = 802;
    internal const int SystemDriverMismatch = 803;
    internal const int CompatNotSupported = 804;
    internal const int Unknown = 999;
}
