using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>The accesses to one place: a word, or a byte where a word is accessed in parts.</summary>
internal struct PlaceHistory
{
    private AccessHistory _weakWrites;

    private AccessHistory _weakReads;

    private AccessHistory _strongWrites;

    private AccessHistory _strongReads;

    private AccessHistory _atomics;

    public readonly PlaceHistory Copy() => new()
    {
        _weakWrites = _weakWrites.Copy(),
        _weakReads = _weakReads.Copy(),
        _strongWrites = _strongWrites.Copy(),
        _strongReads = _strongReads.Copy(),
        _atomics = _atomics.Copy(),
    };

    /// <summary>
    /// Notes an access and returns an earlier one that it races with: one of the two a write, one of them weak, and
    /// not ordered.
    /// </summary>
    public Conflict Note(WarpOrder order, AccessKind kind, Instruction instruction)
    {
        Conflict conflict = Find(order, kind);
        if (kind.HasFlag(AccessKind.Atomic))
        {
            _atomics.Add(order, instruction);
            _weakReads.Forget(order);
        }
        else if (kind.HasFlag(AccessKind.Strong | AccessKind.Write))
        {
            _strongWrites.Add(order, instruction);
        }
        else if (kind.HasFlag(AccessKind.Strong))
        {
            _strongReads.Add(order, instruction);
        }
        else if (kind.HasFlag(AccessKind.Write))
        {
            if (conflict.IsNone)
                this = default;
            _weakWrites.Add(order, instruction);
        }
        else
        {
            _weakReads.Add(order, instruction);
        }
        return conflict;
    }

    private readonly Conflict Find(WarpOrder order, AccessKind kind)
    {
        bool isStrong = kind.HasFlag(AccessKind.Strong);
        bool isWrite = kind.HasFlag(AccessKind.Write);
        LastAccess earlier = _weakWrites.Unordered(order);
        if (earlier.IsNone && !isStrong)
            earlier = _strongWrites.Unordered(order);
        if (!earlier.IsNone)
            return new Conflict(earlier, true, false);
        earlier = isStrong ? default : _atomics.Unordered(order);
        if (!earlier.IsNone || !isWrite)
            return new Conflict(earlier, true, !isWrite);
        earlier = _weakReads.Unordered(order);
        if (earlier.IsNone && !isStrong)
            earlier = _strongReads.Unordered(order);
        return new Conflict(earlier, false, kind.HasFlag(AccessKind.Atomic));
    }
}
