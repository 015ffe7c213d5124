namespace ViCA.Native;

/// <summary>A question about a video.</summary>
/// <param name="Text">The question, or the whole prompt in style <see cref="PromptStyle.Raw"/>.</param>
public sealed record VicaQuestion(string Text)
{
    /// <summary>The options of a multiple-choice question, e.g. `A. lamp`; empty for an open question.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Tell the model the times of the frames, as in its training; the model card leaves it out.</summary>
    public bool TimeInstruction { get; init; }

    /// <summary>How the question becomes a prompt.</summary>
    public PromptStyle Style { get; init; }

    public static implicit operator VicaQuestion(string text) => new(text);

    public static VicaQuestion FromString(string text) => new(text);
}
