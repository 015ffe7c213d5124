using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>The C# compiler of the SDK that runs the tests, started as a program: no project, no network.</summary>
internal static class FuzzCompiler
{
    /// <summary>Compiles generated text into an assembly that uses this one.</summary>
    public static Assembly Compile(string source, bool optimize)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vica-fuzz-");
        try
        {
            string name = optimize ? "FuzzRelease" : "FuzzDebug";
            string file = Path.Combine(folder.FullName, "Programs.cs");
            string library = Path.Combine(folder.FullName, name + ".dll");
            File.WriteAllText(file, source);
            string own = typeof(FuzzCompiler).Assembly.Location;
            string[] references =
            [
                .. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "System*.dll"),
                Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "mscorlib.dll"),
                Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "netstandard.dll"),
                own,
            ];
            string arguments = Path.Combine(folder.FullName, "csc.rsp");
            File.WriteAllLines(arguments,
            [
                "-nologo", "-noconfig", "-nostdlib", "-langversion:latest", "-target:library", "-deterministic", "-nowarn:0162,0164,0219,0168,1718,0652,0665",
                "-warn:0", optimize ? "-optimize+" : "-optimize-", "-debug-", $"-out:\"{library}\"",
                .. references.Where(IsManaged).Select(reference => $"-r:\"{reference}\""), $"\"{file}\"",
            ]);
            Run(arguments);
            return Assembly.Load(File.ReadAllBytes(library));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static void Run(string arguments)
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string compiler = Directory.GetDirectories(Path.Combine(root, "sdk"))
            .Order(StringComparer.Ordinal)
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Last(File.Exists);
        ProcessStartInfo start = new(Path.Combine(root, "dotnet"), [compiler, "@" + arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"the generated file does not compile:\n{output[..Math.Min(output.Length, 4000)]}{errors.Result}");
    }
}
