using System.Globalization;

namespace ViCA.Native.Planning;

/// <summary>The memory that a process may use: the machine's, or its control group's where that is less.</summary>
/// <param name="TotalBytes">What there is.</param>
/// <param name="AvailableBytes">What can be had; pages of files that could be dropped count as free.</param>
/// <param name="LimitedBy">`machine` or `control group`.</param>
public sealed record MachineMemory(long TotalBytes, long AvailableBytes, string LimitedBy)
{
    private const string MemoryInfo = "/proc/meminfo";
    private const string OwnGroups = "/proc/self/cgroup";
    private const string GroupRoot = "/sys/fs/cgroup";

    /// <summary>Reads the present state.</summary>
    public static MachineMemory Read()
    {
        (long total, long available) = Machine();
        string name = "machine";
        foreach ((long limit, long used) in Groups())
        {
            total = Math.Min(total, limit);
            if (limit - used < available)
            {
                available = Math.Max(0, limit - used);
                name = "control group";
            }
        }

        return new MachineMemory(total, available, name);
    }

    private static (long Total, long Available) Machine()
    {
        if (!File.Exists(MemoryInfo))
        {
            long all = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
            return (all, all);
        }

        Dictionary<string, long> values = [];
        foreach (string line in File.ReadLines(MemoryInfo))
        {
            string[] words = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kib))
                values[words[0]] = kib << 10;
        }

        return (values.GetValueOrDefault("MemTotal"), values.GetValueOrDefault("MemAvailable"));
    }

    /// <summary>The limits of this process's group and of every group above it (cgroup version 2).</summary>
    private static IEnumerable<(long Limit, long Used)> Groups()
    {
        string? own = File.Exists(OwnGroups)
            ? File.ReadLines(OwnGroups).FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))
            : null;
        string path = own is null ? "/" : own[3..];
        while (true)
        {
            string folder = GroupRoot + (path == "/" ? "" : path);
            if (ReadNumber(Path.Combine(folder, "memory.max")) is { } limit)
            {
                long used = ReadNumber(Path.Combine(folder, "memory.current")) ?? 0;
                yield return (limit, Math.Max(0, used - Droppable(folder)));
            }

            if (path == "/")
                yield break;
            path = path[..Math.Max(1, path.LastIndexOf('/'))];
        }
    }

    private static long Droppable(string folder)
    {
        string file = Path.Combine(folder, "memory.stat");
        if (!File.Exists(file))
            return 0;
        return File.ReadLines(file)
            .Where(line => line.StartsWith("inactive_file ", StringComparison.Ordinal)
                || line.StartsWith("active_file ", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.AsSpan(line.IndexOf(' ') + 1), CultureInfo.InvariantCulture));
    }

    private static long? ReadNumber(string file) =>
        File.Exists(file) && long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out long value)
            ? value
            : null;
}
