using System.Text;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Prompt;

/// <summary>
/// A prompt, cut at the place of the video. The pieces are tokenised apart, as the reference does it.
/// </summary>
/// <param name="BeforeVideo">Ids of the text before the video.</param>
/// <param name="AfterVideo">Ids of the text after the video.</param>
/// <param name="BeforeText">The text before the video.</param>
/// <param name="AfterText">The text after the video.</param>
public sealed record PromptTokens(int[] BeforeVideo, int[] AfterVideo, string BeforeText, string AfterText)
{
    /// <summary>The most bytes of UTF-8 that a question with its options, or a raw prompt, may have.</summary>
    public const int MaxTextBytes = 65536;

    /// <summary>How many tokens there are without the video.</summary>
    public int TextTokens => BeforeVideo.Length + AfterVideo.Length;

    /// <summary>
    /// The model card's prompt. Question, options and time instruction are plain text: a special token typed there is
    /// never one.
    /// </summary>
    /// <exception cref="RequestException">
    /// No question (`request_missing`), too long (`request_text_too_long`), or not well-formed (`request_encoding`).
    /// </exception>
    public static PromptTokens FromCard(
        BpeTokenizer tokenizer, string question, IReadOnlyList<string>? options = null, string timeInstruction = "")
    {
        Require(question, "question");
        int bytes = Encoding.UTF8.GetByteCount(question);
        for (int i = 0; i < (options?.Count ?? 0); i++)
        {
            Require(options![i], $"options[{i}]");
            bytes += Encoding.UTF8.GetByteCount(options[i]);
            RequireLength(bytes, "question with its options");
        }
        string text = CardPrompt.AfterVideo(question, options, timeInstruction);
        int[] afterVideo =
        [
            .. tokenizer.Encode(text, recognizeSpecials: false),
            .. tokenizer.Encode(ChatTemplate.AfterMessage, recognizeSpecials: true),
        ];
        int[] beforeVideo = tokenizer.Encode(ChatTemplate.BeforeMessage, recognizeSpecials: true);
        return new PromptTokens(beforeVideo, afterVideo, ChatTemplate.BeforeMessage, text + ChatTemplate.AfterMessage);
    }

    /// <summary>
    /// A whole prompt as the caller wrote it, template included, with one `&lt;image&gt;` for the video. Special tokens
    /// in it are recognised.
    /// </summary>
    /// <exception cref="RequestException">
    /// As <see cref="FromCard"/>, or not exactly one `&lt;image&gt;` (`request_media_binding`).
    /// </exception>
    public static PromptTokens FromRaw(BpeTokenizer tokenizer, string prompt)
    {
        Require(prompt, "prompt");
        string[] pieces = prompt.Split(BpeTokenizer.ImageText);
        if (pieces.Length != 2)
        {
            string message = $"prompt: {pieces.Length - 1} markers for 1 video (expected one {BpeTokenizer.ImageText})";
            throw new RequestException(ErrorCodes.RequestMediaBinding, message);
        }
        int[] beforeVideo = tokenizer.Encode(pieces[0], recognizeSpecials: true);
        int[] afterVideo = tokenizer.Encode(pieces[1], recognizeSpecials: true);
        return new PromptTokens(beforeVideo, afterVideo, pieces[0], pieces[1]);
    }

    private static void Require(string text, string subject)
    {
        RequireLength(Encoding.UTF8.GetByteCount(text), subject);
        WellFormedText.Require(text, subject);
        if (string.IsNullOrWhiteSpace(text))
            throw new RequestException(ErrorCodes.RequestMissing, $"{subject} is required");
    }

    private static void RequireLength(int bytes, string subject)
    {
        if (bytes > MaxTextBytes)
        {
            string message = $"{subject} has {bytes} bytes (expected at most {MaxTextBytes})";
            throw new RequestException(ErrorCodes.RequestTextTooLong, message);
        }
    }
}
