using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// The accesses of one sort to one place that later ones must be ordered after: the last of each warp. Nearly always
/// that is one; more are kept aside, those of the last warps when there are many (a word that all blocks read).
/// </summary>
internal struct AccessHistory
{
    /// <summary>As many as a block can have warps.</summary>
    private const int MostOthers = 32;

    private LastAccess _last;

    private List<LastAccess>? _others;

    public readonly AccessHistory Copy() => new() { _last = _last, _others = _others is null ? null : [.. _others] };

    /// <summary>An access that is not ordered before the next one of a warp; none when all are.</summary>
    public readonly LastAccess Unordered(WarpOrder order)
    {
        if (!_last.IsNone && !_last.IsBefore(order))
            return _last;
        if (_others is null)
            return default;
        foreach (LastAccess other in _others)
        {
            if (!other.IsBefore(order))
                return other;
        }
        return default;
    }

    /// <summary>Adds an access and forgets those before it: later accesses meet this one first.</summary>
    public void Add(WarpOrder order, Instruction instruction)
    {
        if (_others is not null)
        {
            _others.RemoveAll(other => other.IsBefore(order));
            if (_others.Count == 0)
                _others = null;
        }
        if (!_last.IsNone && !_last.IsBefore(order))
            Keep(_last);
        _last = LastAccess.Of(order, instruction);
    }

    /// <summary>Forgets the accesses of a warp.</summary>
    public void Forget(WarpOrder order)
    {
        _others?.RemoveAll(other => other.IsOf(order));
        if (!_last.IsOf(order))
            return;
        _last = default;
        if (_others is not [.., LastAccess next])
            return;
        _last = next;
        _others.RemoveAt(_others.Count - 1);
    }

    private void Keep(LastAccess access)
    {
        _others ??= [];
        if (_others.Count == MostOthers)
            _others.RemoveAt(0);
        _others.Add(access);
    }
}
