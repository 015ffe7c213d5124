using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>Who accessed what of one space, and what strong writes published where. For one thread at a time.</summary>
internal sealed class ShadowMemory
{
    private readonly Dictionary<ulong, ShadowPage> _pages = [];

    /// <summary>The page that was hit last.</summary>
    private ShadowPage? _last;

    private ulong _lastNumber;

    private readonly Dictionary<ulong, ReleasedClock> _published = [];

    /// <summary>Findings that an atomic of a warp at an address takes back; see <see cref="Conflict"/>.</summary>
    private readonly Dictionary<(ulong Address, int Block, int Warp), EmulatorFinding> _deferred = [];

    /// <summary>The findings that nothing has taken back.</summary>
    public IReadOnlyCollection<EmulatorFinding> Deferred => _deferred.Values;

    /// <summary>Notes the access of all lanes and returns an earlier one that it conflicts with.</summary>
    /// <param name="order">The warp.</param>
    /// <param name="access">The access.</param>
    /// <param name="address">Where the conflict is.</param>
    public Conflict Note(WarpOrder order, in WarpAccess access, out ulong address)
    {
        Conflict conflict = default;
        address = 0;
        if (access.Is(AccessKind.Strong | AccessKind.Read))
            See(order, access);
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
        {
            ulong at = access.Addresses[BitOperations.TrailingZeroCount(lanes)];
            if (access.Is(AccessKind.Atomic))
                _deferred.Remove((at, order.Block, order.Warp));
            Conflict found = Page(at).Note(
                order, access.Kind, access.Instruction, (int)(at % ShadowPage.Size), access.Bytes);
            if (found.IsNone || (!conflict.IsNone && !conflict.IsWithAtomic))
                continue;
            conflict = found;
            address = at;
        }
        if (access.Is(AccessKind.Strong | AccessKind.Write))
            Publish(order, access);
        return conflict;
    }

    /// <summary>Holds a finding back until the warp that read is known not to go on with an atomic there.</summary>
    public void Defer(ulong address, int block, int warp, EmulatorFinding finding) =>
        _deferred.TryAdd((address, block, warp), finding);

    private void See(WarpOrder order, in WarpAccess access)
    {
        if (_published.Count == 0)
            return;
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
        {
            ulong at = access.Addresses[BitOperations.TrailingZeroCount(lanes)];
            if (_published.TryGetValue(at, out ReleasedClock? seen))
                order.See(seen, access.Kind);
        }
    }

    private void Publish(WarpOrder order, in WarpAccess access)
    {
        ReleasedClock? published = order.Publish(access.Kind);
        if (published is null && _published.Count == 0)
            return;
        bool continues = access.Is(AccessKind.Read);
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
        {
            ulong at = access.Addresses[BitOperations.TrailingZeroCount(lanes)];
            ReleasedClock? earlier = continues ? _published.GetValueOrDefault(at) : null;
            ReleasedClock? now = published is null || earlier is null ? published ?? earlier : published.With(earlier);
            if (now is null)
                _published.Remove(at);
            else
                _published[at] = now;
        }
    }

    private ShadowPage Page(ulong address)
    {
        ulong number = address / ShadowPage.Size;
        if (_last is not null && number == _lastNumber)
            return _last;
        if (!_pages.TryGetValue(number, out ShadowPage? page))
            _pages[number] = page = new ShadowPage();
        _last = page;
        _lastNumber = number;
        return page;
    }
}
