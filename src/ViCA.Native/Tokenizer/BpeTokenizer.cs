using System.Buffers;
using System.Globalization;
using System.Text;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// The Qwen2 tokenizer: added tokens are cut out, the rest is normalised (NFC), split, and each piece's bytes are
/// merged. Equal to the fast tokenizer of transformers 4.40.2. Safe for concurrent callers.
/// </summary>
public sealed class BpeTokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly AddedTokens _addedTokens;
    private readonly PieceEncoder _pieces;

    internal BpeTokenizer(Vocabulary vocabulary, MergeTable merges, IReadOnlyList<AddedToken> addedTokens, string file)
    {
        _vocabulary = vocabulary;
        _addedTokens = new AddedTokens(addedTokens);
        _pieces = new PieceEncoder(vocabulary, merges);
        EndOfTextId = RequireAdded("<|endoftext|>", file);
        MessageStartId = RequireAdded("<|im_start|>", file);
        MessageEndId = RequireAdded("<|im_end|>", file);
        ImageId = _addedTokens.IdOf(ImageText);
    }

    /// <summary>The text that stands for the video in a prompt.</summary>
    public const string ImageText = "<image>";

    /// <summary>The id of `&lt;|endoftext|&gt;`.</summary>
    public int EndOfTextId { get; }

    /// <summary>The id of `&lt;|im_start|&gt;`.</summary>
    public int MessageStartId { get; }

    /// <summary>The id of `&lt;|im_end|&gt;`.</summary>
    public int MessageEndId { get; }

    /// <summary>
    /// The id of `&lt;image&gt;`, if the tokenizer has it (older checkpoints do not). It is never part of a prompt's
    /// ids.
    /// </summary>
    public int? ImageId { get; }

    /// <summary>Highest id + 1, the `len(tokenizer)` of the reference. The embedding may have more rows.</summary>
    public int Length => _vocabulary.Length;

    /// <summary>
    /// Reads `tokenizer.json`, or where that is missing `vocab.json`, `merges.txt` and `added_tokens.json`.
    /// </summary>
    /// <exception cref="TokenizerException">
    /// A file is missing, broken or of another kind (codes `tokenizer_…`).
    /// </exception>
    public static BpeTokenizer Load(string folder) =>
        File.Exists(Path.Combine(folder, TokenizerJson.FileName))
            ? TokenizerJson.Load(folder)
            : VocabularyFiles.Load(folder);

    /// <summary>The ids of a text.</summary>
    /// <param name="text">Any well-formed text; nothing is added to it.</param>
    /// <param name="recognizeSpecials">
    /// Whether added tokens written in the text become their ids. What a user typed is encoded without: it is plain
    /// text.
    /// </param>
    /// <exception cref="RequestException">The text has an unpaired surrogate (`request_encoding`).</exception>
    public int[] Encode(string text, bool recognizeSpecials)
    {
        WellFormedText.Require(text, "text");
        var ids = new List<int>((text.Length / 3) + 8);
        ReadOnlySpan<char> rest = text;
        while (recognizeSpecials && _addedTokens.Find(rest, out int start) is AddedToken token)
        {
            EncodeSpan(rest[..start], ids);
            ids.Add(token.Id);
            rest = rest[(start + token.Text.Length)..];
        }
        EncodeSpan(rest, ids);
        return [.. ids];
    }

    /// <summary>
    /// The text of ids: their bytes joined, U+FFFD for each maximal part that is not UTF-8. Ids without a token are
    /// left out.
    /// </summary>
    /// <param name="ids">Any ids.</param>
    /// <param name="skipSpecial">Whether special tokens are left out instead of written as their text.</param>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = true)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(16, ids.Count * 4));
        for (int i = 0; i < ids.Count; i++)
            bytes.Write(BytesToDecode(ids[i], skipSpecial));
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>
    /// One token for the eye: its text, with bytes that are not whole UTF-8 by themselves written as `\xE6`.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No token has this id.</exception>
    public string TokenText(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Length);
        var text = new StringBuilder();
        ReadOnlySpan<byte> rest = _vocabulary[id];
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out Rune rune, out int length) == OperationStatus.Done)
                text.Append(rune);
            else
                AppendHex(text, rest[..length]);
            rest = rest[length..];
        }
        return text.ToString();
    }

    /// <summary>The bytes that an id adds to a decoded text.</summary>
    internal ReadOnlySpan<byte> BytesToDecode(int id, bool skipSpecial) =>
        (uint)id >= (uint)Length || (skipSpecial && _addedTokens.IsSpecial(id)) ? [] : _vocabulary[id];

    private void EncodeSpan(ReadOnlySpan<char> span, List<int> ids)
    {
        ReadOnlySpan<char> rest = NfcNormalizer.Normalize(span);
        while (!rest.IsEmpty)
        {
            int length = SplitScanner.Next(rest);
            _pieces.Encode(rest[..length], ids);
            rest = rest[length..];
        }
    }

    private static void AppendHex(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
    }

    private int RequireAdded(string text, string file) =>
        _addedTokens.IdOf(text) ?? throw new TokenizerException(
            ErrorCodes.TokenizerVocab, $"{file}: added token '{text}' is missing");
}
