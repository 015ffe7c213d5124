using System.Globalization;
using System.Text.Json;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Cli.Output;

/// <summary>What the emulator counted of kernels, one launch a row.</summary>
internal static class CounterTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter output, IReadOnlyList<(string Shape, KernelProfile Profile)> profiles)
    {
        List<string[]> rows =
        [
            ["kernel", "shape", "warp instr.", "lanes", "flops", "sectors", "of use", "shared passes", "conflicts"],
        ];
        foreach ((string shape, KernelProfile profile) in profiles)
        {
            EmulatorCounters counters = profile.Counters!;
            InstructionCounters global = Global(counters);
            InstructionCounters shared = Shared(counters);
            rows.Add(
            [
                profile.Kernel,
                shape,
                Number(counters.WarpInstructions),
                string.Create(CultureInfo.InvariantCulture, $"{Lanes(counters):0.0}"),
                Number(counters.FloatingPointOperations),
                Number(global.Sectors),
                string.Create(CultureInfo.InvariantCulture, $"{Use(global):0} %"),
                Number(shared.Wavefronts),
                Number(shared.Conflicts),
            ]);
        }

        Columns.Write(output, rows, 2, 3, 4, 5, 6, 7, 8);
    }

    /// <summary>Writes the array `kernels`.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<(string Shape, KernelProfile Profile)> profiles)
    {
        json.WriteStartArray("kernels");
        foreach ((string shape, KernelProfile profile) in profiles)
        {
            EmulatorCounters counters = profile.Counters!;
            InstructionCounters global = Global(counters);
            InstructionCounters shared = Shared(counters);
            json.WriteStartObject();
            json.WriteString("kernel", profile.Kernel);
            json.WriteString("shape", shape);
            json.WriteNumber("warpInstructions", counters.WarpInstructions);
            json.WriteNumber("laneInstructions", counters.LaneInstructions);
            json.WriteNumber("floatingPointOperations", counters.FloatingPointOperations);
            json.WriteNumber("globalRequests", global.Requests);
            json.WriteNumber("globalSectors", global.Sectors);
            json.WriteNumber("globalBytesUsed", global.BytesUsed);
            json.WriteNumber("sharedRequests", shared.Requests);
            json.WriteNumber("sharedWavefronts", shared.Wavefronts);
            json.WriteNumber("sharedConflicts", shared.Conflicts);
            json.WriteStartObject("classes");
            foreach ((InstructionClass kind, long count) in counters.ByClass())
                json.WriteNumber(kind.ToString(), count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static InstructionCounters Global(EmulatorCounters counters) => Sum(counters, "ld.global", "st.global", "atom.global");

    private static InstructionCounters Shared(EmulatorCounters counters) => Sum(counters, "ld.shared", "st.shared", "atom.shared");

    private static InstructionCounters Sum(EmulatorCounters counters, params ReadOnlySpan<string> instructions)
    {
        InstructionCounters[] parts = new InstructionCounters[instructions.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = counters.Memory(instructions[i]);
        return new InstructionCounters
        {
            Instruction = instructions[0],
            Requests = parts.Sum(part => part.Requests),
            Sectors = parts.Sum(part => part.Sectors),
            BytesUsed = parts.Sum(part => part.BytesUsed),
            Wavefronts = parts.Sum(part => part.Wavefronts),
            Conflicts = parts.Sum(part => part.Conflicts),
        };
    }

    private static double Lanes(EmulatorCounters counters) =>
        (double)counters.LaneInstructions / Math.Max(1, counters.WarpInstructions);

    private static double Use(InstructionCounters global) => 100.0 * global.BytesUsed / Math.Max(1, 32 * global.Sectors);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
