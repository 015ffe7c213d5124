namespace RoomRenderer;

/// <summary>One clip from its options to its files.</summary>
internal static class RenderRun
{
    private const int Failure = 1;
    private const int Usage = 2;

    /// <summary>Draws the clip and writes clip and truth; the result is the exit code.</summary>
    public static int Execute(RenderOptions options)
    {
        if (Refusal(options) is { } refusal)
        {
            Console.Error.WriteLine("RoomRenderer: " + refusal);
            return Usage;
        }

        try
        {
            Render(options);
            return 0;
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine("RoomRenderer: " + failure.Message);
            return Failure;
        }
    }

    private static void Render(RenderOptions options)
    {
        var random = new SeededRandom(options.Seed);
        var room = RoomBuilder.Build(random);
        var path = new CameraPath(room.Size, random);
        var cameras = Enumerable.Range(0, options.FrameCount)
            .Select(frame => path.At(frame / Math.Max(1f, options.FrameCount - 1), frame / (float)options.Fps))
            .ToArray();
        WriteTruth(options, Truth.Describe(options, room, cameras, Draw(options, room, cameras)));
    }

    private static int[] Draw(RenderOptions options, Room room, Camera[] cameras)
    {
        using var writer = Open(options);
        var caster = new RayCaster(room);
        var rgb = new byte[options.Width * options.Height * 3];
        var firstSeen = Enumerable.Repeat(-1, room.Furniture.Count).ToArray();
        for (var frame = 0; frame < cameras.Length; frame++)
        {
            var shares = caster.Draw(cameras[frame], options.Width, options.Height, rgb);
            writer.Write(rgb);
            for (var index = 0; index < shares.Length; index++)
            {
                if (firstSeen[index] < 0 && shares[index] >= Truth.SeenShare)
                    firstSeen[index] = frame;
            }
        }

        writer.Finish();
        return firstSeen;
    }

    private static IFrameWriter Open(RenderOptions options)
    {
        var ffmpeg = FfmpegWriter.TryStart(options.Out, options.Width, options.Height, options.Fps, options.Crf);
        if (ffmpeg is not null)
            return ffmpeg;
        var folder = Path.ChangeExtension(options.Out, null) + ".frames";
        Console.Error.WriteLine($"RoomRenderer: there is no ffmpeg program, so PNG frames go to {folder}");
        return new PngWriter(folder, options.Width, options.Height);
    }

    private static void WriteTruth(RenderOptions options, string truth)
    {
        if (options.Truth is null)
            Console.Out.Write(truth);
        else
            File.WriteAllText(options.Truth, truth);
    }

    private static string? Refusal(RenderOptions options)
    {
        if (options.Width % 2 != 0 || options.Height % 2 != 0)
            return $"--width, --height: must be even (found {options.Width} × {options.Height})";
        foreach (var path in new[] { options.Out, options.Truth })
        {
            if (path is null)
                continue;
            if (Path.Exists(path) && !options.Force)
                return $"{path}: is there already; --force replaces it";
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
                return $"{path}: its folder does not exist";
        }

        return null;
    }
}
