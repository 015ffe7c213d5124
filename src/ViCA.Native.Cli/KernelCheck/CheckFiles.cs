using System.Text;
using ViCA.Native.Cli.Output;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>The results of a check as files.</summary>
internal static class CheckFiles
{
    /// <summary>Makes the folder unless it exists.</summary>
    /// <exception cref="UsageException">It cannot be made (`usage_output`).</exception>
    public static void RequireFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string what = $"--output {PrintableText.Clip(folder)}: the folder cannot be made";
            throw new UsageException(ErrorCodes.UsageOutput, what, exception);
        }
    }

    /// <summary>Writes both files, over older ones of the same day and device.</summary>
    public static void Write(string folder, CheckReport report)
    {
        StringWriter json = new() { NewLine = "\n" };
        CliConsole.WriteJson(json, report.WriteJson);
        Write(folder, $"{report.FileName}.json", json);
        StringWriter text = new() { NewLine = "\n" };
        report.WriteText(text);
        Write(folder, $"{report.FileName}.txt", text);
    }

    private static void Write(string folder, string name, StringWriter content) =>
        OutputFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(content.ToString()), overwrite: true);
}
