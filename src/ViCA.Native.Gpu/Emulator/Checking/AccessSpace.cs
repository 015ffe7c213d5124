namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>The spaces whose accesses several threads can see.</summary>
internal enum AccessSpace
{
    Global,
    Shared,
}
