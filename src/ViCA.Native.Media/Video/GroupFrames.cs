using ViCA.Native.Media.Image;

namespace ViCA.Native.Media.Video;

/// <summary>
/// Decodes wanted frames of a stream with closed groups of pictures: of each group only what its wanted frames need,
/// several groups at once. The pictures are those of a decoding from the start, since a group needs nothing from
/// outside it and frames that no other needs are only left out where they are not wanted.
/// </summary>
internal sealed class GroupFrames
{
    /// <summary>Below this many packets a further worker costs more than it brings.</summary>
    private const int PacketsPerWorker = 48;

    private const int MaxWorkers = 16;

    /// <summary>Pixels that the decoders of all workers may hold together, at 16 frames each.</summary>
    private const long MaxWorkingPixels = 256L << 20;

    private const int FramesPerDecoder = 16;

    private static readonly string[] Codecs = ["h264", "hevc"];

    private readonly MediaFile _file;
    private readonly VideoInfo _info;
    private readonly PacketIndex _packets;
    private readonly BicubicResize? _resize;

    internal GroupFrames(MediaFile file, VideoInfo info, PacketIndex packets, BicubicResize? resize)
    {
        _file = file;
        _info = info;
        _packets = packets;
        _resize = resize;
    }

    /// <summary>
    /// Whether a video is of the kind that this reads: codecs whose every packet is one frame, containers whose seeks
    /// find key packets.
    /// </summary>
    internal static bool Reads(MediaFile file, VideoInfo info, PacketIndex packets) =>
        packets.IsClosed
        && Codecs.Contains(info.Codec)
        && (file.Container == ContainerFormat.Mp4 || file.Container == ContainerFormat.Matroska);

    /// <summary>
    /// Calls <paramref name="ready"/>(place, RGB) once for each of <paramref name="places"/> (ascending, distinct),
    /// one call at a time. False when the file did not behave as its packets had promised; then not all places were
    /// called.
    /// </summary>
    internal bool TryRead(int[] places, Action<int, byte[]> ready, CancellationToken cancellationToken)
    {
        GroupJob[] jobs = [.. GroupJob.Plan(places, _packets)];
        int workers = CountWorkers(jobs);
        object gate = new();
        void ReadyInTurn(int place, byte[] rgb)
        {
            lock (gate)
                ready(place, rgb);
        }

        bool Work(int worker)
        {
            Range share = (jobs.Length * worker / workers)..(jobs.Length * (worker + 1) / workers);
            return TryReadShare(jobs[share], ReadyInTurn, cancellationToken);
        }

        Task<bool>[] others = [.. Enumerable.Range(1, workers - 1).Select(worker => Task.Run(() => Work(worker)))];
        try
        {
            bool first = Work(0);
            return others.Aggregate(first, static (sofar, other) => other.GetAwaiter().GetResult() && sofar);
        }
        finally
        {
            // All stop before an error leaves, and the error is that of the earliest frames whichever came first.
            Task all = Task.WhenAll(others);
            all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    private int CountWorkers(GroupJob[] jobs)
    {
        int byWork = 1 + (jobs.Sum(job => job.End - job.Start) / PacketsPerWorker);
        long byMemory = MaxWorkingPixels / ((long)_info.Width * _info.Height * FramesPerDecoder);
        int byMachine = Math.Min(MaxWorkers, Environment.ProcessorCount);
        return Math.Max(1, (int)Math.Min(Math.Min(byWork, byMemory), Math.Min(byMachine, jobs.Length)));
    }

    private bool TryReadShare(GroupJob[] jobs, Action<int, byte[]> ready, CancellationToken cancellationToken)
    {
        using GroupDecoder decoder = new(Demuxer.Open(_file, cancellationToken), _packets);
        using RgbConverter converter = new(_info.Width, _info.Height, _info.Rotation, _resize);
        return jobs.All(job => decoder.TryDecode(
            job, (place, frame) => ready(place, converter.Convert(frame)), cancellationToken));
    }
}
