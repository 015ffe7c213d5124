namespace ViCA.Native;

/// <summary>How a question becomes a prompt.</summary>
public enum PromptStyle
{
    /// <summary>The model card's user message in its chat template.</summary>
    VicaCard,

    /// <summary>The question is the whole prompt, template and exactly one `&lt;image&gt;` included.</summary>
    Raw,
}
