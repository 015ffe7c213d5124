using System.Diagnostics;

namespace ViCA.Native.Tests;

/// <summary>Runs a set of checks in a child process whose runtime was told not to use some vectors.</summary>
internal static class NarrowVectors
{
    /// <param name="suite">The set (<see cref="Program"/>).</param>
    /// <param name="checks">How many checks it has.</param>
    /// <param name="variable">The runtime's switch, such as DOTNET_EnableAVX2.</param>
    /// <param name="width">Bits of the vectors that are not accelerated then.</param>
    public static void Check(string suite, int checks, string variable, string width)
    {
        ProcessStartInfo start = new("dotnet", [typeof(NarrowVectors).Assembly.Location, suite, width])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = "0";
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        string errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, output + errors);
        Assert.Equal($"{checks} checks without {width}-bit vectors", output.Trim());
    }
}
