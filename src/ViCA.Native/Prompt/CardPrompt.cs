using ViCA.Native.Tokenizer;

namespace ViCA.Native.Prompt;

/// <summary>The user's message as the model card of ViCA-7B words it.</summary>
public static class CardPrompt
{
    /// <summary>
    /// The message, `&lt;image&gt;` in the place of the video at its start. Nothing is checked or shortened.
    /// </summary>
    /// <param name="question">The question alone.</param>
    /// <param name="options">The choices with their letters, `A. lamp`; null or empty for a free answer.</param>
    /// <param name="timeInstruction">From <see cref="TimeInstruction"/>, or empty.</param>
    public static string Message(string question, IReadOnlyList<string>? options = null, string timeInstruction = "") =>
        BpeTokenizer.ImageText + AfterVideo(question, options, timeInstruction);

    /// <summary>What follows the video in <see cref="Message"/>.</summary>
    internal static string AfterVideo(string question, IReadOnlyList<string>? options, string timeInstruction)
    {
        string ending = options is null or []
            ? "Please answer the question using a single word or phrase.\n"
            : $"{string.Join('\n', options)}\nAnswer with the option\u2019s letter from the given choices directly.\n";
        return $"\n{timeInstruction}\n\nThese are frames of a video.\n\nQuestion: {question}\n{ending}";
    }
}
