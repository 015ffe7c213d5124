namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>One virtual register; two scopes may each have one of the same name.</summary>
internal sealed class PtxRegister(string name, PtxType type)
{
    public string Name => name;

    public PtxType Type => type;
}
