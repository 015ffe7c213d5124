using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Gives registers, constants and special registers their places in a function's frame.</summary>
internal sealed class FrameBuilder(FunctionCode code)
{
    private readonly Dictionary<PtxRegister, Slot> _registers = [];
    private readonly Dictionary<(ulong Value, int Size), Slot> _constants = [];
    private readonly Dictionary<(SpecialRegister Register, long Offset, int Size), Slot> _specials = [];
    private int _bytes;

    /// <summary>Bytes given away so far.</summary>
    public int Bytes => _bytes;

    public static int SizeOf(PtxType type) => type == PtxType.Pred ? 0 : Math.Max(4, type.Bytes());

    public bool TryGet(PtxRegister register, out Slot slot) => _registers.TryGetValue(register, out slot);

    public void Add(PtxRegister register) => _registers.TryAdd(register, Allocate(SizeOf(register.Type)));

    public Slot Allocate(int size)
    {
        int bytes = size == 0 ? sizeof(uint) : size * Lanes.Count;
        int alignment = size == 0 ? sizeof(uint) : 64;
        int offset = (_bytes + alignment - 1) / alignment * alignment;
        _bytes = offset + bytes;
        return new Slot(offset, size);
    }

    public Slot Constant(ulong value, int size)
    {
        if (_constants.TryGetValue((value, size), out Slot slot))
            return slot;
        slot = Allocate(size);
        _constants.Add((value, size), slot);
        code.Constants.Add((slot, value));
        return slot;
    }

    public Slot Special(SpecialRegister register, long offset, int size)
    {
        if (_specials.TryGetValue((register, offset, size), out Slot slot))
            return slot;
        slot = Allocate(size);
        _specials.Add((register, offset, size), slot);
        code.Specials.Add((slot, register, offset));
        return slot;
    }

    /// <summary>Memory of that size, at a multiple of 64.</summary>
    public int Reserve(int bytes)
    {
        int offset = (_bytes + 63) / 64 * 64;
        _bytes = offset + bytes;
        return offset;
    }
}
