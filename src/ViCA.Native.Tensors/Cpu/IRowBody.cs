namespace ViCA.Native.Tensors.Cpu;

/// <summary>Work on a range of independent rows, written once for every vector width and element type.</summary>
internal interface IRowBody
{
    void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TElement : struct, IElement;
}
