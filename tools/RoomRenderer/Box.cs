using System.Numerics;

namespace RoomRenderer;

/// <summary>An axis-aligned box from <paramref name="min"/> to <paramref name="max"/>.</summary>
internal sealed class Box(Vector3 min, Vector3 max, Material material) : Solid(material)
{
    public override Vector3 Min => min;

    public override Vector3 Max => max;

    public override bool Intersect(in Ray ray, float limit, out float distance, out Vector3 normal)
    {
        normal = default;
        if (!Slabs(ray, min, max, out distance, out var axis) || distance < Epsilon || distance >= limit)
            return false;
        normal[axis] = ray.Direction[axis] > 0 ? -1 : 1;
        return true;
    }

    /// <summary>Whether the ray meets the box at all nearer than <paramref name="limit"/>, inside counts.</summary>
    public static bool Meets(in Ray ray, Vector3 min, Vector3 max, float limit)
    {
        var (first, second) = Distances(ray, min, max);
        var enter = Vector3.Min(first, second);
        var leave = Vector3.Max(first, second);
        var near = MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z));
        var far = MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z));
        return near <= far && far > 0 && near < limit;
    }

    private static bool Slabs(in Ray ray, Vector3 min, Vector3 max, out float enter, out int axis)
    {
        var (first, second) = Distances(ray, min, max);
        var near = Vector3.Min(first, second);
        var far = Vector3.Max(first, second);
        axis = near.X > near.Y ? (near.X > near.Z ? 0 : 2) : (near.Y > near.Z ? 1 : 2);
        enter = near[axis];
        return enter <= MathF.Min(far.X, MathF.Min(far.Y, far.Z));
    }

    private static (Vector3 First, Vector3 Second) Distances(in Ray ray, Vector3 min, Vector3 max) =>
        ((min - ray.Origin) / ray.Direction, (max - ray.Origin) / ray.Direction);
}
