namespace ViCA.Native.Media.Video;

/// <summary>
/// Finds frames by their place in presentation order. Decoders give frames in that order already; where one does not, a
/// second pass over the stream takes the frames that the first pass found to be the right ones.
/// </summary>
internal sealed unsafe class ExactFrames
{
    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly PacketIndex _packets;
    private readonly List<long> _pts = [];
    private bool _ordered = true;
    private bool _followsPackets = true;

    internal ExactFrames(PacketIndex packets)
    {
        _packets = packets;
        _followsPackets = packets.AllHaveTimes;
    }

    /// <summary>
    /// Calls <paramref name="found"/>(place, frame) for each of <paramref name="places"/> (ascending, distinct);
    /// places past the last frame get the last frame. <paramref name="open"/> gives a decoder at the start of the
    /// file, which this disposes of.
    /// </summary>
    internal void Read(
        int[] places,
        Func<FrameDecoder> open,
        Action<int, FrameHandle> found,
        CancellationToken cancellationToken)
    {
        using FrameHandle frame = new();
        List<int> early = FirstPass(places, open, found, frame, cancellationToken);
        if (_pts.Count == 0)
            return;
        if (_ordered)
        {
            foreach (int place in places.Where(place => place >= _pts.Count))
                found(place, frame);
            return;
        }
        int[] outputOfPlace = [.. Enumerable.Range(0, _pts.Count).OrderBy(output => _pts[output])];
        HashSet<int> right = [.. early.Where(place => outputOfPlace[place] == place)];
        SecondPass([.. places.Where(place => !right.Contains(place))], outputOfPlace, open, found, cancellationToken);
    }

    /// <summary>Takes outputs as places, and gives back the places it took.</summary>
    private List<int> FirstPass(
        int[] places,
        Func<FrameDecoder> open,
        Action<int, FrameHandle> found,
        FrameHandle frame,
        CancellationToken cancellationToken)
    {
        using FrameDecoder decoder = open();
        List<int> taken = [];
        int next = 0;
        while (decoder.TryDecode(frame, cancellationToken))
        {
            Note(*(long*)(frame.Pointer + _layout.FrameBestEffortTimestamp));
            if (next < places.Length && places[next] == _pts.Count - 1)
            {
                found(places[next], frame);
                taken.Add(places[next++]);
            }
            // As long as the outputs are the packets' times in order, nothing can come later that belongs earlier.
            if (next == places.Length && _followsPackets)
                break;
        }
        return taken;
    }

    private void Note(long pts)
    {
        // A frame without a time is shown where it came out.
        if (pts == LibavConstants.NoTimestamp && _pts.Count > 0)
            pts = _pts[^1];
        _ordered &= _pts.Count == 0 || pts >= _pts[^1];
        _followsPackets &= _pts.Count < _packets.VisiblePts.Length && _packets.VisiblePts[_pts.Count] == pts;
        _pts.Add(pts);
    }

    private static void SecondPass(
        int[] places,
        int[] outputOfPlace,
        Func<FrameDecoder> open,
        Action<int, FrameHandle> found,
        CancellationToken cancellationToken)
    {
        ILookup<int, int> placesOfOutput =
            places.ToLookup(place => outputOfPlace[Math.Min(place, outputOfPlace.Length - 1)]);
        using FrameDecoder decoder = open();
        using FrameHandle frame = new();
        for (int output = 0; decoder.TryDecode(frame, cancellationToken); output++)
        {
            foreach (int place in placesOfOutput[output])
                found(place, frame);
        }
    }
}
