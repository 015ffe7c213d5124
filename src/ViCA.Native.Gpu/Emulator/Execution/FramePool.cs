using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Frames of one warp, reused: a frame's constants are filled once.</summary>
internal sealed unsafe class FramePool : IDisposable
{
    private readonly Dictionary<FunctionCode, List<nint>> _all = [];
    private readonly Dictionary<FunctionCode, Stack<nint>> _free = [];

    /// <summary>A frame with zeroed registers and its constants in place.</summary>
    public byte* Take(FunctionCode function)
    {
        byte* frame;
        if (_free.TryGetValue(function, out Stack<nint>? free) && free.Count > 0)
        {
            frame = (byte*)free.Pop();
        }
        else
        {
            frame = (byte*)NativeMemory.AlignedAlloc((nuint)function.FrameBytes, 64);
            foreach ((Slot slot, ulong value) in function.Constants)
                Lanes.Fill(frame, slot, value);
            if (!_all.TryGetValue(function, out List<nint>? all))
                _all.Add(function, all = []);
            all.Add((nint)frame);
        }
        NativeMemory.Clear(frame, (nuint)function.RegisterBytes);
        return frame;
    }

    public void Give(FunctionCode function, byte* frame)
    {
        if (!_free.TryGetValue(function, out Stack<nint>? free))
            _free.Add(function, free = new Stack<nint>());
        free.Push((nint)frame);
    }

    /// <summary>All frames are free again.</summary>
    public void Reset()
    {
        foreach ((FunctionCode function, List<nint> all) in _all)
            _free[function] = new Stack<nint>(all);
    }

    public void Dispose()
    {
        foreach (nint frame in _all.Values.SelectMany(all => all))
            NativeMemory.AlignedFree((void*)frame);
        _all.Clear();
        _free.Clear();
    }
}
