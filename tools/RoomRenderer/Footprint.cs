using System.Numerics;

namespace RoomRenderer;

/// <summary>An axis-aligned rectangle on the floor, in metres.</summary>
internal readonly record struct Footprint(Vector2 Min, Vector2 Max)
{
    public bool Overlaps(Footprint other) =>
        Min.X < other.Max.X && other.Min.X < Max.X && Min.Y < other.Max.Y && other.Min.Y < Max.Y;

    public bool LiesIn(Footprint other) =>
        Min.X >= other.Min.X && Min.Y >= other.Min.Y && Max.X <= other.Max.X && Max.Y <= other.Max.Y;
}
