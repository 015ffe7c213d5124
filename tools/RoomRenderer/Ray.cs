using System.Numerics;

namespace RoomRenderer;

/// <summary>A half line: origin in metres, direction of length one.</summary>
internal readonly record struct Ray(Vector3 Origin, Vector3 Direction)
{
    public Vector3 At(float distance) => Origin + distance * Direction;
}
