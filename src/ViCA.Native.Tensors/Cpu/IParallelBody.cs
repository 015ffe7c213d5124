namespace ViCA.Native.Tensors.Cpu;

/// <summary>Work on a range of independent items; which thread does which range must not show in the result.</summary>
internal interface IParallelBody
{
    void Run(int first, int end, WorkerScratch scratch);
}
