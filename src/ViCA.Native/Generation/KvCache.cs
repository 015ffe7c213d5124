using ViCA.Native.Models.Qwen2;
using ViCA.Native.Tensors;

namespace ViCA.Native.Generation;

/// <summary>
/// Keys and values of all layers for one sequence, in the type of the activations: [numKvHeads · capacity, headDim] for
/// each layer, KV head h at rows h · capacity …, and the rotary table of its positions.
/// </summary>
internal sealed class KvCache : IDisposable
{
    private readonly Workspace _memory;
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;

    /// <param name="context">What the ops run on: the cache lies in its memory.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="capacity">Positions to make room for.</param>
    /// <param name="precision">Type of the activations.</param>
    public KvCache(OpContext context, Qwen2Config config, int capacity, DType precision)
    {
        Capacity = capacity;
        Rotary = new RotaryTable(config.HeadDim, capacity, config.RopeTheta, precision, context.Device);
        _memory = context.NewWorkspace();
        _keys = new Tensor[config.NumLayers];
        _values = new Tensor[config.NumLayers];
        for (int i = 0; i < config.NumLayers; i++)
        {
            _keys[i] = _memory.Take(precision, checked(config.NumKvHeads * capacity), config.HeadDim);
            _values[i] = _memory.Take(precision, checked(config.NumKvHeads * capacity), config.HeadDim);
        }
    }

    /// <summary>Positions that there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Positions that are filled in every layer.</summary>
    public int Length { get; private set; }

    /// <summary>Cosines and sines for <see cref="Capacity"/> positions.</summary>
    public RotaryTable Rotary { get; }

    /// <summary>The keys of a layer.</summary>
    public Tensor Keys(int layer) => _keys[layer];

    /// <summary>The values of a layer.</summary>
    public Tensor Values(int layer) => _values[layer];

    /// <summary>Every layer has taken these tokens in.</summary>
    public void Advance(int tokens) => Length += tokens;

    public void Dispose()
    {
        Rotary.Dispose();
        _memory.Dispose();
    }
}
