namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Which lanes of a warp go first, how far, and where they meet.</summary>
internal static class SplitOrder
{
    /// <summary>Joins splits at the same place; those that wait there for others are no longer waiting then.</summary>
    public static void Merge(List<Split> splits)
    {
        for (int i = 0; i < splits.Count; i++)
        {
            Split into = splits[i];
            for (int j = splits.Count - 1; j > i; j--)
            {
                Split from = splits[j];
                if (from.Pc != into.Pc || from.Activation != into.Activation || from.Wait == WaitKind.Barrier
                    || into.Wait == WaitKind.Barrier)
                    continue;
                into.Mask |= from.Mask;
                into.Wait = WaitKind.None;
                splits.RemoveAt(j);
            }
        }
    }

    /// <summary>The split that is behind (reversed: ahead) of all that can run, or null.</summary>
    public static Split? First(List<Split> splits, bool reversed)
    {
        int order = reversed ? -1 : 1;
        Split? first = null;
        foreach (Split split in splits)
        {
            if (split.Wait == WaitKind.None && (first is null || split.CompareTo(first) * order < 0))
                first = split;
        }
        return first;
    }

    /// <summary>The place up to which a split may run before others have to be looked at.</summary>
    public static int LimitOf(Split current, List<Split> splits)
    {
        int limit = int.MaxValue;
        foreach (Split other in splits)
        {
            if (other == current)
                continue;
            if (other.Wait is WaitKind.Warp or WaitKind.Aligned)
                return current.Pc + 1;
            if (other.Activation == current.Activation)
                limit = other.Pc > current.Pc ? Math.Min(limit, other.Pc) : limit;
            else if (CallWithin(current.Activation, other) is int call && call >= current.Pc)
                limit = Math.Min(limit, call + 1);
        }
        return limit;
    }

    private static int? CallWithin(Activation outer, Split split)
    {
        Activation? inner = split.Activation;
        while (inner is not null && inner.Depth > outer.Depth + 1)
            inner = inner.Caller;
        return inner is not null && inner.Caller == outer ? inner.CallIndex : null;
    }
}
