using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>ld</c> from memory (PTX ISA 9.7.9.8).</summary>
/// <param name="destinations">One register per element; none for <c>_</c>.</param>
/// <param name="elementBytes">1, 2, 4, 8 or 16.</param>
/// <param name="isSigned">Whether narrow elements are extended with their sign.</param>
internal sealed unsafe class LoadInstruction(Slot[] destinations, int elementBytes, bool isSigned) : MemoryInstruction
{
    private readonly ElementTransfer?[] _elements = [.. destinations.Select(destination =>
        destination.IsNone ? null : ElementTransfer.Create(elementBytes, isSigned, destination.Size))];

    private readonly bool _isQuad = QuadTransfer.IsSupported && elementBytes == 4
        && destinations is [{ Size: 4 }, { Size: 4 }, { Size: 4 }, { Size: 4 }];

    public override bool IsWrite => false;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        if (mask != Lanes.All || !TryFindStep(warp, out byte* first, out long step))
            LoadScattered(warp, mask);
        else if (_isQuad && step != 0)
            QuadTransfer.Load(warp.Frame, destinations, first, step);
        else
            LoadStrided(warp.Frame, first, step);
        if (Acquires)
            Interlocked.MemoryBarrier();
    }

    private void LoadStrided(byte* frame, byte* first, long step)
    {
        for (int i = 0; i < _elements.Length; i++)
            _elements[i]?.Load(frame + destinations[i].Offset, first + (i * elementBytes), step);
    }

    private void LoadScattered(Warp warp, uint mask)
    {
        byte** places = ResolveAll(warp, mask);
        for (int i = 0; i < _elements.Length; i++)
            _elements[i]?.Load(warp.Frame + destinations[i].Offset, places, i * elementBytes, mask);
    }
}
