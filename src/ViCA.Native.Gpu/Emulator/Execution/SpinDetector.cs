using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// Sees that a warp goes round in circles: at the end of a turn its registers and places are those of an earlier turn,
/// with no effect of any warp in between. It can go on in no other way then, until another warp changes memory. A loop
/// that counts is in a new state each time. (Brent's way to find a cycle: the state to compare with is a later one each
/// time that the number of turns has doubled.)
/// </summary>
internal sealed class SpinDetector(Warp warp)
{
    /// <summary>Turns without an effect before states are compared: most loops end sooner.</summary>
    private const int PatientTurns = 16;

    private readonly byte[] _state = new byte[WarpState.Bytes];
    private readonly byte[] _earlier = new byte[WarpState.Bytes];
    private long _effects;
    private int _turns;
    private bool _repeats;

    public void Start()
    {
        _effects = -1;
        _repeats = false;
    }

    /// <summary>The warp is where it had been, and there was no effect since <paramref name="effects"/>.</summary>
    public bool Repeats(long effects) => _repeats && _effects == effects;

    /// <summary>A turn has ended.</summary>
    /// <param name="effects">Of the launch, now.</param>
    public void OnTurn(long effects)
    {
        if (effects != _effects)
        {
            (_effects, _turns, _repeats) = (effects, 0, false);
            return;
        }

        _turns++;
        if (_repeats || _turns < PatientTurns)
            return;
        WarpState.Write(warp, _state);
        if (_turns > PatientTurns && _state.AsSpan().SequenceEqual(_earlier))
            _repeats = true;
        else if (BitOperations.IsPow2(_turns))
            _state.CopyTo(_earlier.AsSpan());
    }
}
