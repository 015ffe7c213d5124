using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>The histories of the places in a stretch of memory: of words, until a part of one is accessed.</summary>
internal sealed class ShadowPage
{
    /// <summary>Bytes per page.</summary>
    public const int Size = 256;

    private const int WordSize = 4;

    private PlaceHistory[] _places = new PlaceHistory[Size / WordSize];

    private int _placeSize = WordSize;

    /// <summary>Notes an access inside the page; see <see cref="PlaceHistory.Note"/>.</summary>
    public Conflict Note(WarpOrder order, AccessKind kind, Instruction instruction, int offset, int bytes)
    {
        if (_placeSize == WordSize && (offset % WordSize != 0 || bytes % WordSize != 0))
            SplitWords();
        Conflict conflict = default;
        for (int at = offset; at < offset + bytes; at += _placeSize)
        {
            Conflict found = _places[at / _placeSize].Note(order, kind, instruction);
            if (conflict.IsNone || (conflict.IsWithAtomic && !found.IsNone))
                conflict = found;
        }
        return conflict;
    }

    private void SplitWords()
    {
        PlaceHistory[] bytes = new PlaceHistory[Size];
        for (int i = 0; i < Size; i++)
            bytes[i] = _places[i / WordSize].Copy();
        _places = bytes;
        _placeSize = 1;
    }
}
