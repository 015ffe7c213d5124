using System.Numerics;
using System.Runtime.InteropServices;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Generation;

/// <summary>
/// Chooses the tokens of one answer, one call a token: repetition penalty, then the best score, or temperature, top-k,
/// top-p and a draw, with the results of transformers 4.40.2. Allocates nothing after construction; not for concurrent
/// use.
/// </summary>
public sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly float[] _scores; // [numTokens]
    private readonly double[] _weights; // [numTokens], empty when greedy
    private readonly ScoreFilter? _filter; // null when greedy

    // The distinct tokens generated so far, as a list and as bits.
    private readonly int[] _generated; // [numTokens]
    private readonly uint[] _generatedBits; // [⌈numTokens / 32⌉]
    private int _numGenerated;
    private int _step;

    /// <param name="options">Validated here.</param>
    /// <param name="numTokens">Tokens of the tokenizer; no id from here on is ever chosen.</param>
    /// <exception cref="RequestException">An option is out of its range (`request_range`).</exception>
    public TokenSampler(SamplingOptions options, int numTokens)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(numTokens, 1);
        _options = options;
        _scores = new float[numTokens];
        _generated = new int[numTokens];
        _generatedBits = new uint[(numTokens + 31) / 32];
        _filter = options.IsGreedy ? null : new ScoreFilter(options, numTokens);
        _weights = options.IsGreedy ? [] : new double[numTokens];
    }

    /// <summary>What the last draw chose from: [numTokens], not normalised, 0 for what the filters removed.</summary>
    internal ReadOnlySpan<double> Weights => _weights;

    /// <summary>
    /// The next token; it counts as generated from now on. The best one is chosen where the logits lie: a device gives
    /// back its id, not all scores.
    /// </summary>
    /// <param name="context">Where the logits lie.</param>
    /// <param name="logits">[1, numTokens].</param>
    /// <exception cref="NumericException">A logit is NaN or infinite (`numeric_logits`).</exception>
    public int Next(OpContext context, Tensor logits)
    {
        if (_filter is not null || context.Device is null)
        {
            logits.CopyTo(_scores);
            return Choose();
        }

        int id = Ops.ArgMax(context, logits, _generatedBits, (float)_options.RepetitionPenalty);
        if (id < 0)
            throw NotFinite();
        Remember(id);
        _step++;
        return id;
    }

    /// <summary>The next token; it counts as generated from now on.</summary>
    /// <param name="logits">At least one number for each token; those beyond belong to unused rows.</param>
    /// <exception cref="NumericException">A logit is NaN or infinite (`numeric_logits`).</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logits.Length, _scores.Length, nameof(logits));
        if (!IsFinite(logits[_scores.Length..]))
            throw NotFinite();
        logits[.._scores.Length].CopyTo(_scores);
        return Choose();
    }

    /// <summary>Makes a token count as generated.</summary>
    internal void Remember(int id)
    {
        ref uint word = ref _generatedBits[id / 32];
        uint bit = 1u << (id % 32);
        if ((word & bit) != 0)
            return;
        word |= bit;
        _generated[_numGenerated++] = id;
    }

    private int Choose()
    {
        if (!IsFinite(_scores))
            throw NotFinite();
        Penalize();
        int id = _filter is null ? IndexOfMax(_scores) : Draw(_filter);
        Remember(id);
        _step++;
        return id;
    }

    private NumericException NotFinite() => new(ErrorCodes.NumericLogits, $"non-finite logits at step {_step}");

    private void Penalize()
    {
        float penalty = (float)_options.RepetitionPenalty;
        foreach (int id in _generated.AsSpan(0, _numGenerated))
            _scores[id] = _scores[id] < 0 ? _scores[id] * penalty : _scores[id] / penalty;
    }

    private int Draw(ScoreFilter filter)
    {
        int best = IndexOfMax(_scores);
        float temperature = (float)_options.Temperature;
        // A temperature so low that scores leave the range of float32 is the greedy limit.
        if (!float.IsFinite(_scores[best] / temperature))
            return best;
        foreach (ref float score in _scores.AsSpan())
            score /= temperature;
        filter.Apply(_scores, _scores[best], _weights);

        double total = 0;
        foreach (double weight in _weights)
            total += weight;
        double target = CounterRandom.Uniform(_options.Seed, _step) * total;
        double sum = 0;
        for (int id = 0; id < _weights.Length; id++)
        {
            sum += _weights[id];
            if (sum > target)
                return id;
        }
        return best;
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        const uint Exponent = 0x7F800000;
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(bits);
        var exponent = new Vector<uint>(Exponent);
        foreach (Vector<uint> vector in vectors)
        {
            if (Vector.EqualsAny(vector & exponent, exponent))
                return false;
        }
        foreach (uint value in bits[(vectors.Length * Vector<uint>.Count)..])
        {
            if ((value & Exponent) == Exponent)
                return false;
        }
        return true;
    }

    /// <summary>The lowest index of the highest value.</summary>
    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var highest = new Vector<float>(float.NegativeInfinity);
        foreach (Vector<float> vector in vectors)
            highest = Vector.Max(highest, vector);
        float max = float.NegativeInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            max = Math.Max(max, highest[lane]);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            max = Math.Max(max, value);
        return values.IndexOf(max);
    }
}
