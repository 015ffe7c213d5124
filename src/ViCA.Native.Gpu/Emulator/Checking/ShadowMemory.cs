using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>Who accessed what of one space, and what strong writes published where. For one thread at a time.</summary>
internal sealed class ShadowMemory
{
    private readonly Dictionary<ulong, ShadowPage> _pages = [];

    private readonly Dictionary<ulong, ReleasedClock> _published = [];

    /// <summary>Notes the access of all lanes and returns an earlier one that it races with.</summary>
    /// <param name="order">The warp.</param>
    /// <param name="access">The access.</param>
    /// <param name="address">Where the race is.</param>
    /// <param name="wasWrite">Whether the earlier access was a write.</param>
    public LastAccess Note(WarpOrder order, in WarpAccess access, out ulong address, out bool wasWrite)
    {
        LastAccess racing = default;
        address = 0;
        wasWrite = false;
        if (access.Is(AccessKind.Strong | AccessKind.Read))
            See(order, access);
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
        {
            ulong at = access.Addresses[BitOperations.TrailingZeroCount(lanes)];
            LastAccess found = Page(at).Note(
                order, access.Kind, access.Instruction, (int)(at % ShadowPage.Size), access.Bytes, out bool isWrite);
            if (found.IsNone || !racing.IsNone)
                continue;
            racing = found;
            address = at;
            wasWrite = isWrite;
        }
        if (access.Is(AccessKind.Strong | AccessKind.Write))
            Publish(order, access);
        return racing;
    }

    private void See(WarpOrder order, in WarpAccess access)
    {
        if (_published.Count == 0)
            return;
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
        {
            if (_published.TryGetValue(access.Addresses[BitOperations.TrailingZeroCount(lanes)], out ReleasedClock? seen))
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
        if (!_pages.TryGetValue(number, out ShadowPage? page))
            _pages[number] = page = new ShadowPage();
        return page;
    }
}
