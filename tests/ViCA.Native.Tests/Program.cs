using System.Runtime.Intrinsics;
using ViCA.Native.Tests.Emulator;
using ViCA.Native.Tests.Ops;

namespace ViCA.Native.Tests;

/// <summary>
/// The entry point of child processes: `ops 512` and `ops 256`, `emulator 512` and `emulator 256` run the checks of the
/// ops or of the emulator in a process whose runtime was told not to use vectors of that width.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is not ["ops" or "emulator", "512" or "256"])
        {
            Console.Error.WriteLine("usage: ops|emulator 512|256");
            return 2;
        }

        bool accelerated = arguments[1] == "512" ? Vector512.IsHardwareAccelerated : Vector256.IsHardwareAccelerated;
        if (accelerated)
        {
            Console.Error.WriteLine($"{arguments[1]}-bit vectors are still accelerated");
            return 1;
        }

        IReadOnlyDictionary<string, Action> checks = arguments[0] == "ops" ? OpsChecks.All : EmulatorChecks.All;
        foreach ((string name, Action check) in checks)
        {
            try
            {
                check();
            }
            catch (InvalidOperationException error)
            {
                Console.Error.WriteLine($"{name}: {error.Message}");
                return 1;
            }
        }

        Console.WriteLine($"{checks.Count} checks without {arguments[1]}-bit vectors");
        return 0;
    }
}
