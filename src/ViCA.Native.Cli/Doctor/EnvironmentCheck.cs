using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ViCA.Native.Cli.Running;
using ViCA.Native.Gpu.Cuda;
using ViCA.Native.Media.Video;
using ViCA.Native.ModelFolder;
using ViCA.Native.Planning;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Doctor;

/// <summary>One thing of this machine, checked.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">What was found.</param>
/// <param name="Detail">One line; of a failed check it ends with what mends it.</param>
internal sealed record EnvironmentCheck(string Name, CheckState State, string Detail)
{
    private const int RuntimeMajor = 10;
    private const long NeededMemory = 2L << 30;
    private const long NeededDisk = 1L << 30;

    /// <summary>The state as it is printed.</summary>
    public string Word => State switch
    {
        CheckState.Ok => "ok",
        CheckState.Note => "note",
        _ => "fail",
    };

    /// <summary>All checks.</summary>
    public static IReadOnlyList<EnvironmentCheck> RunAll(CliConsole console) =>
    [
        Runtime(),
        Processor(),
        Memory(),
        Libav(LibavVersions.Detect()),
        Disk(CacheFolder.Of(console)),
        Model(),
        Gpu(),
    ];

    /// <summary>The check of libav on what was detected.</summary>
    public static EnvironmentCheck Libav(LibavVersions found)
    {
        string versions = $"libavformat {found.Format}, libavcodec {found.Codec}, libavutil {found.Util}, "
            + $"libswscale {found.Scale}";
        return found.Problem is { } problem
            ? new EnvironmentCheck("libav", CheckState.Failed, problem)
            : new EnvironmentCheck("libav", CheckState.Ok, versions);
    }

    private static EnvironmentCheck Runtime()
    {
        string detail = $".NET {Environment.Version} on {RuntimeInformation.OSDescription}, "
            + RuntimeInformation.RuntimeIdentifier;
        return Environment.Version.Major >= RuntimeMajor
            ? new EnvironmentCheck("runtime", CheckState.Ok, detail)
            : new EnvironmentCheck("runtime", CheckState.Failed, $"{detail}; install the .NET {RuntimeMajor} SDK");
    }

    private static EnvironmentCheck Processor()
    {
        (string Name, bool Has)[] features =
            [("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AVX-512", Avx512F.IsSupported)];
        string has = string.Join(", ", features.Where(feature => feature.Has).Select(feature => feature.Name));
        string lacks = string.Join(", ", features.Where(feature => !feature.Has).Select(feature => feature.Name));
        string detail = $"{Environment.ProcessorCount} threads, {RuntimeInformation.ProcessArchitecture}"
            + (has.Length > 0 ? $", {has}" : "")
            + (lacks.Length > 0 ? $"; without {lacks}" : "");
        bool fast = Avx2.IsSupported && Fma.IsSupported;
        return fast
            ? new EnvironmentCheck("processor", CheckState.Ok, detail)
            : new EnvironmentCheck("processor", CheckState.Note, $"{detail}: slow");
    }

    private static EnvironmentCheck Memory()
    {
        MachineMemory memory = MachineMemory.Read();
        string detail = $"{DiskSpace.Format(memory.AvailableBytes)} free of {DiskSpace.Format(memory.TotalBytes)}, "
            + $"limited by the {memory.LimitedBy}";
        return memory.AvailableBytes >= NeededMemory
            ? new EnvironmentCheck("memory", CheckState.Ok, detail)
            : new EnvironmentCheck("memory", CheckState.Failed, $"{detail}; close other programs or raise the limit");
    }

    private static EnvironmentCheck Disk(string folder)
    {
        string existing = folder;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(Path.GetFullPath(folder))!;
        long free = new DriveInfo(existing).AvailableFreeSpace;
        string detail = $"{DiskSpace.Format(free)} free for the cache {folder}";
        return free >= NeededDisk
            ? new EnvironmentCheck("disk", CheckState.Ok, detail)
            : new EnvironmentCheck("disk", CheckState.Failed, $"{detail}; free some space or set XDG_CACHE_HOME");
    }

    private static EnvironmentCheck Model()
    {
        try
        {
            return new EnvironmentCheck("model", CheckState.Ok, ModelFolderResolver.Resolve(null));
        }
        catch (UsageException missing)
        {
            return new EnvironmentCheck("model", CheckState.Note, $"none found: {missing.Message}");
        }
    }

    private static EnvironmentCheck Gpu()
    {
        try
        {
            CudaDeviceInfo gpu = FirstGpu.Look();
            return new EnvironmentCheck("gpu", CheckState.Ok, $"{gpu.Name}, sm_{gpu.Major}{gpu.Minor}; --device cuda runs on it");
        }
        catch (VicaException missing)
        {
            return new EnvironmentCheck("gpu", CheckState.Note, missing.Message);
        }
    }
}
