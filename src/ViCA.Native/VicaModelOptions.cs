namespace ViCA.Native;

/// <summary>How to load a model.</summary>
public sealed class VicaModelOptions
{
    /// <summary>
    /// A model folder, or an id such as `nkkbr/ViCA` whose files the Hugging Face cache holds; null reads `VICA_MODEL`.
    /// </summary>
    public string? ModelPath { get; init; }

    /// <summary>The type of the activations.</summary>
    public VicaPrecision Precision { get; init; } = VicaPrecision.BF16;

    /// <summary>What the model runs on.</summary>
    public VicaDevice Device { get; init; } = VicaDevice.Cpu;

    /// <summary>Worker threads; 0 means one for each processor. Results do not depend on it.</summary>
    public int Threads { get; init; }
}
