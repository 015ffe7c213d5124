namespace ViCA.Native.Tokenizer;

/// <summary>Checks that a text can be written as UTF-8.</summary>
internal static class WellFormedText
{
    /// <summary>Throws <see cref="RequestException"/> (`request_encoding`) when a surrogate stands alone.</summary>
    /// <param name="text">The text of a user.</param>
    /// <param name="subject">What the text is, for the message: `question`, `options[1]`.</param>
    public static void Require(ReadOnlySpan<char> text, string subject)
    {
        int index = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (index >= 0)
        {
            bool isPair = char.IsHighSurrogate(text[index]) && index + 1 < text.Length
                && char.IsLowSurrogate(text[index + 1]);
            if (!isPair)
            {
                string message = $"{subject} has an unpaired surrogate at {index}";
                throw new RequestException(ErrorCodes.RequestEncoding, message);
            }
            int rest = text[(index + 2)..].IndexOfAnyInRange('\uD800', '\uDFFF');
            index = rest < 0 ? -1 : index + 2 + rest;
        }
    }
}
