namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>The rule that the tensors' data fill the file after the header, without holes and overlaps.</summary>
internal static class SafetensorsLayout
{
    /// <summary>Sorts the entries by their data and checks them. Throws <see cref="WeightsFormatException"/>.</summary>
    public static void Check(List<SafetensorsEntry> entries, string fileName, long dataStart, long fileBytes)
    {
        entries.Sort(Compare);
        ulong end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                string what = $"tensor '{PrintableText.Clip(entry.Name)}' begins at {entry.Begin} (expected {end})";
                throw SafetensorsHeader.Error(ErrorCodes.WeightsOffsets, fileName, what);
            }
            end = entry.End;
        }
        UInt128 expected = (UInt128)dataStart + end;
        UInt128 found = (UInt128)fileBytes;
        if (expected > found)
        {
            string what = $"file has {found} bytes (expected {expected}); copy the shard again";
            throw SafetensorsHeader.Error(ErrorCodes.WeightsTruncated, fileName, what);
        }
        if (expected < found)
        {
            string what = $"{found - expected} bytes after the last tensor";
            throw SafetensorsHeader.Error(ErrorCodes.WeightsTrailingData, fileName, what);
        }
    }

    // Empty tensors share their begin with the tensor after them, so the end decides second.
    private static int Compare(SafetensorsEntry a, SafetensorsEntry b)
    {
        int order = a.Begin.CompareTo(b.Begin);
        if (order == 0)
            order = a.End.CompareTo(b.End);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    }
}
