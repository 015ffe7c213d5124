namespace ViCA.Native.Tokenizer;

/// <summary>
/// A token that is cut out of the text as a whole, before anything else. Special ones can be left out of decoded text.
/// </summary>
internal readonly record struct AddedToken(int Id, string Text, bool IsSpecial);
