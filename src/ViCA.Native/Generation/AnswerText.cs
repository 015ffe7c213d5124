using System.Buffers;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Generation;

/// <summary>
/// The text of an answer while its tokens come. The streamed pieces joined equal <see cref="Text"/>, so held back are:
/// incomplete characters, white space at both ends, and what may become a stop string. Not for concurrent use.
/// </summary>
public sealed class AnswerText
{
    private readonly StreamDecoder _decoder;
    private readonly StopStrings _stops;
    private readonly ArrayBufferWriter<char> _text = new(256);
    private int _end; // of the text before a stop string
    private int _sent; // leading white space included
    private bool _hasSent;

    /// <param name="tokenizer">Decodes; special tokens are left out.</param>
    /// <param name="stops">Texts that end the answer; null for none.</param>
    public AnswerText(BpeTokenizer tokenizer, StopStrings? stops = null)
    {
        _decoder = new StreamDecoder(tokenizer);
        _stops = stops ?? StopStrings.None;
    }

    /// <summary>Whether a stop string has come. Later tokens change nothing.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>
    /// All text so far, cut before a stop string and stripped as Python strips; final after <see cref="Finish"/>.
    /// </summary>
    public string Text => PythonText.Strip(_text.WrittenSpan[.._end]).ToString();

    /// <summary>The text that can be sent now that <paramref name="id"/> has come; often empty.</summary>
    public string Add(int id)
    {
        if (IsStopped)
            return "";
        Append(_decoder.Add(id));
        int held = IsStopped ? 0 : _stops.PossibleStart(_text.WrittenSpan);
        return Send(_end - held);
    }

    /// <summary>The last piece, once there are no more tokens.</summary>
    public string Finish()
    {
        if (!IsStopped)
            Append(_decoder.Flush());
        return Send(_end);
    }

    private void Append(string piece)
    {
        // A stop string that was not there before must end in the new piece.
        int searched = Math.Max(0, _end - Math.Max(0, _stops.MaxLength - 1));
        _text.Write(piece);
        _end = _text.WrittenCount;
        int stop = _stops.Find(_text.WrittenSpan[searched..]);
        if (stop < 0)
            return;
        _end = searched + stop;
        IsStopped = true;
    }

    /// <summary>
    /// Gives what lies between the part already sent and <paramref name="end"/>, white space at its end kept.
    /// </summary>
    private string Send(int end)
    {
        ReadOnlySpan<char> text = _text.WrittenSpan;
        while (!_hasSent && _sent < end && PythonText.IsSpace(text[_sent]))
            _sent++;
        while (end > _sent && PythonText.IsSpace(text[end - 1]))
            end--;
        if (end <= _sent)
            return "";
        string piece = text[_sent..end].ToString();
        _sent = end;
        _hasSent = true;
        return piece;
    }
}
