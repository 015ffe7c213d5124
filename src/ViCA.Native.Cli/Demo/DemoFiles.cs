using System.Security.Cryptography;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Demo;

/// <summary>The bundled data of the demonstration, and its model, which is made once and kept in the cache.</summary>
internal sealed class DemoFiles
{
    private const string Model = "tiny-a";

    private readonly string _folder;

    private DemoFiles(string folder)
    {
        _folder = folder;
    }

    /// <summary>A room with furniture, seen by a moving camera.</summary>
    public string Video => Path.Combine(_folder, "room.mp4");

    /// <summary>The demonstration's model without its weights: config and tokenizer.</summary>
    public string ModelFiles => Path.Combine(_folder, Model);

    /// <summary>The clip of the reference's case.</summary>
    public string CaseClip => Path.Combine(_folder, "case", "clip.mkv");

    /// <summary>The case itself.</summary>
    public string Case => Path.Combine(_folder, "case", "case.json");

    /// <summary>Finds the data: in the folder `demo` of the repository that this program was built in.</summary>
    /// <exception cref="MediaException">`media_not_found`.</exception>
    public static DemoFiles Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ViCA.Native.sln")))
            folder = folder.Parent;
        DemoFiles? files = folder is null ? null : new DemoFiles(Path.Combine(folder.FullName, "demo"));
        return files is not null && File.Exists(files.Video)
            ? files
            : throw new MediaException(
                ErrorCodes.MediaNotFound, "demo/room.mp4: not found; run ./vica demo in a clone of the repository");
    }

    /// <summary>The folder of a case's model. It is made when the cache lacks it or has another.</summary>
    /// <exception cref="UsageException">`usage_output`: the cache cannot be written.</exception>
    public string MakeModel(ReferenceCase reference, CliConsole console, CancellationToken cancellationToken)
    {
        string cache = CacheFolder.Of(console);
        string target = Path.Combine(cache, FormattableString.Invariant($"demo-{Model}-{reference.Seed}"));
        bool exists = Directory.Exists(target);
        if (exists && IsIntact(target, reference.WeightsSha256))
            return target;
        if (exists)
            console.Notice("note: the demonstration's model in the cache is damaged; it is made again");
        CreateFolder(cache);
        using ProgressDisplay progress = ProgressDisplay.Start(console);
        try
        {
            WeightsSynthesis.Run(
                new SynthesisRequest
                {
                    Like = Model,
                    Seed = reference.Seed,
                    TokenizerFolder = ModelFiles,
                    OutputFolder = target,
                    Overwrite = exists,
                },
                progress,
                cancellationToken);
        }
        catch (UsageException) when (!exists && Directory.Exists(target))
        {
            // Another run made the same folder in the meantime; it appears whole or not at all.
        }
        return target;
    }

    private static void CreateFolder(string cache)
    {
        try
        {
            Directory.CreateDirectory(cache);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string what = $"{PrintableText.Clip(cache)}: cannot be written; set XDG_CACHE_HOME to a folder that can";
            throw new UsageException(ErrorCodes.UsageOutput, what, exception);
        }
    }

    /// <summary>Whether every file is the one that would be made, to the byte.</summary>
    private bool IsIntact(string folder, string weightsSha256)
    {
        try
        {
            bool same = Directory.EnumerateFiles(ModelFiles).All(file =>
                File.ReadAllBytes(file).AsSpan().SequenceEqual(
                    File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file)))));
            using FileStream weights = File.OpenRead(Path.Combine(folder, CheckpointFiles.SingleName));
            return same && Convert.ToHexStringLower(SHA256.HashData(weights)) == weightsSha256;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
