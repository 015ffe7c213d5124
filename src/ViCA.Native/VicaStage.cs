namespace ViCA.Native;

/// <summary>The stages of a request that take time.</summary>
public enum VicaStage
{
    /// <summary>Mapping and checking the checkpoint.</summary>
    Load,

    /// <summary>Decoding and choosing frames; counted in frames.</summary>
    Frames,

    /// <summary>The vision tower; counted in frames.</summary>
    Vision,

    /// <summary>The decoder over the whole prompt; counted in tokens.</summary>
    Prefill,

    /// <summary>New tokens; counted in tokens.</summary>
    Decode,
}
