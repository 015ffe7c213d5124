using System.Numerics;

namespace RoomRenderer;

/// <summary>A pinhole camera at one moment: position in metres, unit viewing direction, no roll.</summary>
internal readonly record struct Camera(Vector3 Position, Vector3 Forward)
{
    /// <summary>Vertical angle of view, in degrees.</summary>
    public const float VerticalFieldOfView = 54;

    public Vector3 Right => Vector3.Normalize(Vector3.Cross(Forward, Vector3.UnitZ));

    public Vector3 Up => Vector3.Cross(Right, Forward);
}
