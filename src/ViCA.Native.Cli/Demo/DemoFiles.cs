using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Tokenizer;

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

    /// <summary>The tokenizer of the demonstration's model.</summary>
    public string TokenizerFolder => Path.Combine(_folder, Model);

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

    /// <summary>The folder of the demonstration's model. It is made when the cache lacks it or has it damaged.</summary>
    public string MakeModel(ulong seed, CliConsole console, CancellationToken cancellationToken)
    {
        string cache = CacheFolder.Of(console);
        string target = Path.Combine(cache, FormattableString.Invariant($"demo-{Model}-{seed}"));
        bool exists = Directory.Exists(target);
        if (exists && IsUsable(target, cancellationToken))
            return target;
        if (exists)
            console.Notice("note: the demonstration's model in the cache is damaged; it is made again");
        Directory.CreateDirectory(cache);
        using ProgressDisplay progress = ProgressDisplay.Start(console);
        try
        {
            WeightsSynthesis.Run(
                new SynthesisRequest
                {
                    Like = Model,
                    Seed = seed,
                    TokenizerFolder = TokenizerFolder,
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

    private static bool IsUsable(string folder, CancellationToken cancellationToken)
    {
        try
        {
            WeightsVerification.Run(folder, checkValues: true, progress: null, cancellationToken);
            BpeTokenizer.Load(folder);
            return true;
        }
        catch (VicaException)
        {
            return false;
        }
    }
}
