namespace ViCA.Native.Media.Video;

/// <summary>
/// The packets of one group of pictures, <see cref="Start"/> to <see cref="End"/> (exclusive) in file order, that
/// must be read for its wanted <see cref="Places"/> in presentation order.
/// </summary>
internal sealed record GroupJob(int Start, int End, int[] Places)
{
    /// <summary>The jobs for <paramref name="places"/> (ascending, distinct) of a stream with closed groups.</summary>
    internal static IEnumerable<GroupJob> Plan(int[] places, PacketIndex packets)
    {
        int next = 0;
        for (int group = 0; group < packets.KeyPackets.Length && next < places.Length; group++)
        {
            (int start, int end) = packets.Group(group);
            int first = next;
            while (next < places.Length && places[next] < end)
                next++;
            if (next == first)
                continue;
            int[] wanted = places[first..next];
            HashSet<long> pts = [.. wanted.Select(place => packets.SortedPts[place])];
            int last = Enumerable.Range(start, end - start).Last(packet => pts.Contains(packets.Pts(packet)));
            yield return new GroupJob(start, last + 1, wanted);
        }
    }
}
