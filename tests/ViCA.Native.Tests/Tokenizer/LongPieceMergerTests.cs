using System.Text;
using ViCA.Native.Generation;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

public sealed class LongPieceMergerTests
{
    /// <summary>
    /// Merge lists in random order: a merge may make a pair that goes before its own rank, which a trained list never
    /// does.
    /// </summary>
    [Fact]
    public void Merge_EqualsTheDefinition()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            (Vocabulary vocabulary, MergeTable merges) = RandomMerges(seed);
            var merger = new LongPieceMerger(merges);
            for (int length = 1; length < 100; length += 24)
            {
                int[] piece = [.. Enumerable.Range(0, length).Select(i => vocabulary.Find([Letter(seed, i + 1000)]))];
                var ids = new List<int>();

                merger.Merge(piece, ids);

                Assert.Equal(MergeByDefinition(piece, merges), ids);
            }
        }
    }

    /// <summary>Joins the leftmost of the pairs of lowest rank until none joins.</summary>
    private static List<int> MergeByDefinition(IEnumerable<int> piece, MergeTable merges)
    {
        List<int> tokens = [.. piece];
        while (tokens.Count > 1)
        {
            (int rank, int index) = Enumerable.Range(0, tokens.Count - 1)
                .Select(i => (merges.Rank(tokens[i], tokens[i + 1]), i)).Min();
            if (rank == MergeTable.None)
                break;
            tokens[index] = merges.Joined(rank);
            tokens.RemoveAt(index + 1);
        }
        return tokens;
    }

    private static (Vocabulary Vocabulary, MergeTable Merges) RandomMerges(int seed)
    {
        List<string> tokens = [.. Enumerable.Range(0, 256).Select(value => ((char)value).ToString())];
        var pairs = new List<(string Left, string Right)>();
        string[] parts = ["a", "b"];
        for (int i = 0; i < 60; i++)
        {
            string left = parts[Pick(seed, (2 * i) + 1, parts.Length)], right = parts[Pick(seed, 2 * i, parts.Length)];
            if (left.Length + right.Length > 8 || pairs.Contains((left, right)))
                continue;
            pairs.Insert(Pick(seed, 500 + i, pairs.Count + 1), (left, right));
            if (!tokens.Contains(left + right))
            {
                tokens.Add(left + right);
                parts = [.. parts, left + right];
            }
        }
        byte[] bytes = [.. tokens.SelectMany(token => Encoding.Latin1.GetBytes(token))];
        int[] starts = new int[tokens.Count + 1];
        for (int id = 0; id < tokens.Count; id++)
            starts[id + 1] = starts[id] + tokens[id].Length;
        var merges = new MergeTable(pairs.Count);
        foreach ((string left, string right) in pairs)
            merges.TryAdd(tokens.IndexOf(left), tokens.IndexOf(right), tokens.IndexOf(left + right));
        return (new Vocabulary(bytes, starts, [.. Enumerable.Range(0, tokens.Count)]), merges);
    }

    private static byte Letter(int seed, int counter) => (byte)('a' + Pick(seed, counter, 2));

    private static int Pick(int seed, int counter, int count) => (int)(CounterRandom.Uniform(seed, counter) * count);
}
