using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>The accesses to one place: a word, or a byte where a word is accessed in parts.</summary>
internal struct PlaceHistory
{
    private AccessHistory _weakWrites;

    private AccessHistory _weakReads;

    private AccessHistory _strongWrites;

    private AccessHistory _strongReads;

    public readonly PlaceHistory Copy() => new()
    {
        _weakWrites = _weakWrites.Copy(),
        _weakReads = _weakReads.Copy(),
        _strongWrites = _strongWrites.Copy(),
        _strongReads = _strongReads.Copy(),
    };

    /// <summary>
    /// Notes an access and returns an earlier one that it races with: one of the two a write, one of them weak, and
    /// not ordered. <paramref name="wasWrite"/> says what the earlier one was.
    /// </summary>
    public LastAccess Note(WarpOrder order, AccessKind kind, Instruction instruction, out bool wasWrite)
    {
        bool isStrong = kind.HasFlag(AccessKind.Strong);
        bool isWrite = kind.HasFlag(AccessKind.Write);
        LastAccess racing = Racing(order, isWrite, isStrong, out wasWrite);
        if (isWrite && !isStrong && racing.IsNone)
            this = default;
        if (isWrite && isStrong)
            _strongWrites.Add(order, instruction);
        else if (isWrite)
            _weakWrites.Add(order, instruction);
        else if (isStrong)
            _strongReads.Add(order, instruction);
        else
            _weakReads.Add(order, instruction);
        return racing;
    }

    private readonly LastAccess Racing(WarpOrder order, bool isWrite, bool isStrong, out bool wasWrite)
    {
        wasWrite = true;
        LastAccess racing = _weakWrites.Unordered(order);
        if (racing.IsNone && !isStrong)
            racing = _strongWrites.Unordered(order);
        if (!racing.IsNone || !isWrite)
            return racing;
        wasWrite = false;
        racing = _weakReads.Unordered(order);
        return racing.IsNone && !isStrong ? _strongReads.Unordered(order) : racing;
    }
}
