using System.Numerics;

namespace RoomRenderer;

/// <summary>
/// A person who walks part of an ellipse around the room and films across it, with the slow sway of a held phone.
/// </summary>
internal sealed class CameraPath
{
    private readonly Vector3 _room;
    private readonly float _start;
    private readonly float _sweep;
    private readonly float _height;
    private readonly float _phase;

    public CameraPath(Vector3 room, SeededRandom random)
    {
        _room = room;
        _start = random.Next(0, MathF.Tau);
        _sweep = random.Next(0.8f, 0.95f) * MathF.Tau * (random.NextIndex(2) == 0 ? 1 : -1);
        _height = random.Next(1.5f, 1.65f);
        _phase = random.Next(0, MathF.Tau);
    }

    /// <summary>The camera at <paramref name="progress"/> (0 at the first frame, 1 at the last) of the walk.</summary>
    public Camera At(float progress, float seconds)
    {
        var eased = progress - MathF.Sin(MathF.Tau * progress) / (2 * MathF.Tau);
        var angle = _start + _sweep * eased;
        var sway = 0.012f * MathF.Sin(5.1f * seconds + _phase);
        var position = new Vector3(
            _room.X * (0.5f + 0.33f * MathF.Cos(angle)),
            _room.Y * (0.5f + 0.33f * MathF.Sin(angle)),
            _height + sway);
        var heading = angle + MathF.PI + 0.22f * MathF.Sin(0.9f * seconds + _phase);
        var pitch = -0.34f + 0.05f * MathF.Sin(1.3f * seconds + 2 * _phase);
        var forward = new Vector3(
            MathF.Cos(pitch) * MathF.Cos(heading), MathF.Cos(pitch) * MathF.Sin(heading), MathF.Sin(pitch));
        return new Camera(position, forward);
    }
}
