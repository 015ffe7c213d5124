using System.Buffers;
using System.Text;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// NFC as of Unicode 9.0, the version of the reference tokenizer: marks that came later are base characters.
/// Own tables, so the result does not depend on the ICU of the machine or on `InvariantGlobalization`.
/// </summary>
internal static class NfcNormalizer
{
    // Hangul arithmetic: The Unicode Standard, section 3.12.
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TrailBefore = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    private const int NoPair = 0;

    private static readonly byte[] Classes = BuildClasses();
    private static readonly Dictionary<int, (int First, int Second)> Decompositions = BuildDecompositions();
    private static readonly Dictionary<(int, int), int> Compositions = BuildCompositions();

    /// <summary>Whether a code point can change in NFC or change what stands before it.</summary>
    private static readonly bool[] Unstable = BuildUnstable();

    /// <summary>
    /// The normal form of well-formed <paramref name="text"/>: the same span if it is normal without further look, else
    /// a new array.
    /// </summary>
    public static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) =>
        MayChange(text) ? Compose(Decompose(text)) : text;

    private static bool MayChange(ReadOnlySpan<char> text)
    {
        int start = text.IndexOfAnyExceptInRange('\0', '\u02FF');
        if (start < 0)
            return false;
        foreach (Rune rune in text[start..].EnumerateRunes())
        {
            if ((uint)rune.Value < (uint)Unstable.Length && Unstable[rune.Value])
                return true;
        }
        return false;
    }

    private static ReadOnlySpan<int> Decompose(ReadOnlySpan<char> text)
    {
        var codePoints = new ArrayBufferWriter<int>(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
            Append(codePoints, rune.Value);
        int[] ordered = codePoints.WrittenSpan.ToArray();
        Order(ordered);
        return ordered;
    }

    private static void Append(ArrayBufferWriter<int> codePoints, int codePoint)
    {
        int syllable = codePoint - HangulFirst;
        if ((uint)syllable < Syllables)
        {
            codePoints.Write([LeadFirst + (syllable / (Vowels * Trails)), VowelFirst + (syllable / Trails % Vowels)]);
            if (syllable % Trails != 0)
                codePoints.Write([TrailBefore + (syllable % Trails)]);
            return;
        }
        // A decomposition starts with the part that may decompose again; chains are at most four long.
        if (!Decompositions.TryGetValue(codePoint, out (int First, int Second) parts))
        {
            codePoints.Write([codePoint]);
            return;
        }
        Append(codePoints, parts.First);
        if (parts.Second != NoPair)
            Append(codePoints, parts.Second);
    }

    /// <summary>Sorts each run of marks by combining class, stably.</summary>
    private static void Order(Span<int> codePoints)
    {
        for (int start = 0; start < codePoints.Length; start++)
        {
            if (ClassOf(codePoints[start]) == 0)
                continue;
            int end = start + 1;
            while (end < codePoints.Length && ClassOf(codePoints[end]) != 0)
                end++;
            OrderRun(codePoints[start..end]);
            start = end;
        }
    }

    private static void OrderRun(Span<int> marks)
    {
        if (marks.Length == 1)
            return;
        ulong[] keys = new ulong[marks.Length];
        for (int i = 0; i < marks.Length; i++)
            keys[i] = ((ulong)ClassOf(marks[i]) << 56) | ((ulong)i << 24) | (uint)marks[i];
        keys.AsSpan().Sort();
        for (int i = 0; i < marks.Length; i++)
            marks[i] = (int)(keys[i] & 0xFFFFFF);
    }

    private static ReadOnlySpan<char> Compose(ReadOnlySpan<int> codePoints)
    {
        Span<int> composed = new int[codePoints.Length];
        int count = 0, starter = -1, lastClass = 0;
        foreach (int codePoint in codePoints)
        {
            int mark = ClassOf(codePoint);
            bool reaches = starter >= 0 && (starter == count - 1 || lastClass < mark);
            if (reaches && Pair(composed[starter], codePoint) is var pair and not NoPair)
            {
                composed[starter] = pair;
                continue;
            }
            if (mark == 0)
                starter = count;
            lastClass = mark;
            composed[count++] = codePoint;
        }
        return ToUtf16(composed[..count]);
    }

    private static ReadOnlySpan<char> ToUtf16(ReadOnlySpan<int> codePoints)
    {
        char[] text = new char[codePoints.Length * 2];
        int length = 0;
        foreach (int codePoint in codePoints)
            length += new Rune(codePoint).EncodeToUtf16(text.AsSpan(length));
        return text.AsSpan(0, length);
    }

    private static int Pair(int first, int second)
    {
        int lead = first - LeadFirst, vowel = second - VowelFirst;
        if ((uint)lead < Leads && (uint)vowel < Vowels)
            return HangulFirst + (((lead * Vowels) + vowel) * Trails);
        int syllable = first - HangulFirst, trail = second - TrailBefore;
        if ((uint)syllable < Syllables && syllable % Trails == 0 && trail is > 0 and < Trails)
            return first + trail;
        return Compositions.GetValueOrDefault((first, second), NoPair);
    }

    private static int ClassOf(int codePoint) => (uint)codePoint < (uint)Classes.Length ? Classes[codePoint] : 0;

    private static byte[] BuildClasses()
    {
        ReadOnlySpan<int> ranges = NormalizationTable.CombiningClasses;
        byte[] classes = new byte[ranges[^2] + 1];
        for (int i = 0; i < ranges.Length; i += 3)
            classes.AsSpan(ranges[i]..(ranges[i + 1] + 1)).Fill((byte)ranges[i + 2]);
        return classes;
    }

    private static Dictionary<int, (int First, int Second)> BuildDecompositions()
    {
        var decompositions = new Dictionary<int, (int, int)>();
        AddPairs(decompositions, NormalizationTable.Compositions);
        AddPairs(decompositions, NormalizationTable.ExcludedCompositions);
        ReadOnlySpan<int> singletons = NormalizationTable.Singletons;
        for (int i = 0; i < singletons.Length; i += 2)
            decompositions.Add(singletons[i], (singletons[i + 1], NoPair));
        return decompositions;
    }

    private static void AddPairs(Dictionary<int, (int, int)> decompositions, ReadOnlySpan<int> table)
    {
        for (int i = 0; i < table.Length; i += 3)
            decompositions.Add(table[i], (table[i + 1], table[i + 2]));
    }

    private static Dictionary<(int, int), int> BuildCompositions()
    {
        ReadOnlySpan<int> table = NormalizationTable.Compositions;
        var compositions = new Dictionary<(int, int), int>();
        for (int i = 0; i < table.Length; i += 3)
            compositions.Add((table[i + 1], table[i + 2]), table[i]);
        return compositions;
    }

    private static bool[] BuildUnstable()
    {
        var composed = Compositions.Values.ToHashSet();
        int[] changing =
        [
            .. Decompositions.Keys.Where(codePoint => !composed.Contains(codePoint)),
            .. Compositions.Keys.Select(pair => pair.Item2),
            .. Enumerable.Range(0, Classes.Length).Where(codePoint => Classes[codePoint] != 0),
            .. Enumerable.Range(VowelFirst, Vowels),
            .. Enumerable.Range(TrailBefore + 1, Trails - 1),
        ];
        bool[] unstable = new bool[changing.Max() + 1];
        foreach (int codePoint in changing)
            unstable[codePoint] = true;
        return unstable;
    }
}
