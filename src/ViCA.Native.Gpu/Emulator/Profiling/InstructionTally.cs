namespace ViCA.Native.Gpu.Emulator.Profiling;

/// <summary>What one instruction did so far.</summary>
internal struct InstructionTally
{
    public long Issued;

    public long ActiveLanes;

    public long PredicatedOffLanes;

    public long Requests;

    public long Sectors;

    public long BytesUsed;

    public long Bytes;

    public long Wavefronts;

    public long Conflicts;

    public void Add(in InstructionTally other)
    {
        Issued += other.Issued;
        ActiveLanes += other.ActiveLanes;
        PredicatedOffLanes += other.PredicatedOffLanes;
        Requests += other.Requests;
        Sectors += other.Sectors;
        BytesUsed += other.BytesUsed;
        Bytes += other.Bytes;
        Wavefronts += other.Wavefronts;
        Conflicts += other.Conflicts;
    }
}
