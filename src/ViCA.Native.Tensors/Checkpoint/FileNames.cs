namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Names of files: those that a file gives and that become part of a path, and those that are links.</summary>
public static class FileNames
{
    private const int MaxLength = 128;

    /// <summary>1 to 128 of `A-Z a-z 0-9 . _ -`, without `..`: what is joined to a folder.</summary>
    public static bool IsSafe(string name)
    {
        if (name.Length is 0 or > MaxLength || name == "." || name.Contains("..", StringComparison.Ordinal))
            return false;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
                return false;
        }
        return true;
    }

    /// <summary>The file that a path leads to, links followed (the Hugging Face cache is made of links).</summary>
    public static FileInfo Follow(string path)
    {
        FileInfo file = new(path);
        try
        {
            return file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
        }
        catch (IOException)
        {
            // A link that leads back to itself: opening it says that it cannot be read.
            return file;
        }
    }
}
