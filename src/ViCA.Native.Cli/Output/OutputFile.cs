using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Output;

/// <summary>A file that appears whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Checks, before the work, that a file may be written. Nothing is touched.</summary>
    /// <exception cref="UsageException">
    /// `usage_output`: it exists and may not be replaced, or its folder does not exist.
    /// </exception>
    public static void Require(string path, bool overwrite)
    {
        string shown = PrintableText.Clip(path);
        if (path.Length == 0 || Directory.Exists(path))
            throw new UsageException(ErrorCodes.UsageOutput, $"{shown}: is a folder (expected a file)");
        if (File.Exists(path) && !overwrite)
            throw new UsageException(ErrorCodes.UsageOutput, $"{shown} exists; use --force");
        if (!Directory.Exists(Folder(path)))
            throw new UsageException(ErrorCodes.UsageOutput, $"{shown}: its folder does not exist");
    }

    /// <summary>Checks that an output is not the input.</summary>
    /// <exception cref="UsageException">`usage_output`: both are the same file.</exception>
    public static void RequireOther(string path, string input)
    {
        bool same = File.Exists(path) && File.Exists(input)
            && Resolved(path) == Resolved(input);
        if (same)
        {
            string what = $"{PrintableText.Clip(path)}: is the input (expected another file)";
            throw new UsageException(ErrorCodes.UsageOutput, what);
        }
    }

    /// <summary>Writes a file under a temporary name and renames it; a failure leaves nothing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool overwrite)
    {
        Require(path, overwrite);
        DiskSpace.Require(Folder(path), bytes.Length, path);
        string temporary = Path.Combine(Folder(path), $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.partial");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                // A name must not outlive a crash that its content does not.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
            DiskSync.Folder(Folder(path));
        }
        catch (IOException exception) when (DiskSpace.IsFull(exception))
        {
            throw DiskSpace.Full(path, "while writing", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string what = $"{PrintableText.Clip(path)}: cannot be written; check its folder";
            throw new UsageException(ErrorCodes.UsageOutput, what, exception);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The path of a file that exists, without links: its folders may be such, too.</summary>
    private static string Resolved(string name)
    {
        string path = "/";
        foreach (string part in Path.GetFullPath(name).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            if (File.ResolveLinkTarget(path, returnFinalTarget: false) is { } target)
                path = Resolved(target.FullName);
        }
        return path;
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
