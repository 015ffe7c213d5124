namespace ViCA.Native.Media.Video;

/// <summary>
/// Walks a stream as decord 0.6.0 does, so that the same numbers give the same pictures. decord counts the decoder's
/// outputs after a seek instead of looking at their times, which is off by the leading frames of an open group of
/// pictures.
/// </summary>
internal sealed class ReferenceFrames
{
    private const int MaxRewinds = 16;

    private readonly IFrameOutputs _outputs;
    private readonly PacketIndex _packets;
    private readonly Dictionary<int, int> _positionOfPts = [];
    private bool _hasLast;
    private bool _lastIsNext;
    private int _current;

    /// <summary>The outputs come from a demuxer that has read the file to its end once, as decord's has.</summary>
    internal ReferenceFrames(IFrameOutputs outputs, PacketIndex packets)
    {
        _outputs = outputs;
        _packets = packets;
        for (int i = 0; i < packets.Count; i++)
            _positionOfPts.TryAdd(unchecked((int)packets.SortedPts[i]), i);
        _current = packets.Count;
        Seek(0);
    }

    /// <summary>
    /// Makes the output that decord returns for <paramref name="index"/> the kept one; false when nothing can be
    /// decoded.
    /// </summary>
    internal bool TryFind(int index, CancellationToken cancellationToken)
    {
        if (_current != index)
            Go(index, cancellationToken);
        return Next(cancellationToken);
    }

    private void Seek(int position)
    {
        if (position == _current)
            return;
        _hasLast = false;
        _lastIsNext = false;
        long pts = _packets.SortedPts[position];
        int flags = _current > position ? LibavConstants.SeekBackward : 0;
        if (!_outputs.TrySeek(pts, flags)
            && !_outputs.TrySeek(pts, LibavConstants.SeekBackward))
            _ = _outputs.TrySeek(position, LibavConstants.SeekFrame);
        _current = position;
    }

    private void Go(int index, CancellationToken cancellationToken)
    {
        if (index == _current)
            return;
        int key = KeyAtOrBefore(index);
        if (key == KeyAtOrBefore(_current) && index > _current)
        {
            Skip(index - _current, cancellationToken);
            return;
        }
        Seek(0);
        Seek(key);
        if (LandedOnCurrent(cancellationToken))
        {
            _current++;
            if (index == key)
                _lastIsNext = true;
            else
                Skip(index - _current, cancellationToken);
        }
        else if (_current < index)
        {
            Skip(index - _current, cancellationToken);
        }
        else
        {
            Seek(key);
            Skip(index - key, cancellationToken);
        }
    }

    /// <summary>
    /// Takes one frame after a seek; when its time is another's, the position becomes the one after that.
    /// </summary>
    private bool LandedOnCurrent(CancellationToken cancellationToken)
    {
        if (!_outputs.TryTake(keep: true, cancellationToken))
        {
            _current = _packets.Count;
            return false;
        }
        // decord keeps the time of a frame in 32 bits.
        int pts = unchecked((int)_outputs.KeptPts);
        if (!_positionOfPts.TryGetValue(pts, out int position) || position == _current)
            return true;
        _current = position + 1;
        return false;
    }

    private void Skip(int count, CancellationToken cancellationToken)
    {
        _lastIsNext = false;
        count = Math.Min(count, _packets.Count - _current);
        for (int i = 0; i < count; i++)
        {
            _ = _outputs.TryTake(keep: false, cancellationToken);
            _current++;
        }
    }

    private bool Next(CancellationToken cancellationToken)
    {
        for (int rewind = 0; ; rewind++)
        {
            if (_lastIsNext)
            {
                // The position already counts the kept frame.
                _lastIsNext = false;
                _hasLast = true;
                return true;
            }
            if (_outputs.TryTake(keep: true, cancellationToken) || _hasLast)
            {
                _hasLast = true;
                _current++;
                return true;
            }
            if (rewind > MaxRewinds)
                return false;
            Go(Math.Max(0, _current - rewind), cancellationToken);
        }
    }

    private int KeyAtOrBefore(int position)
    {
        int found = Array.BinarySearch(_packets.KeyPackets, position);
        if (found >= 0)
            return position;
        return ~found == 0 ? 0 : _packets.KeyPackets[~found - 1];
    }
}
