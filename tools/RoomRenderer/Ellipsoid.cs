using System.Numerics;

namespace RoomRenderer;

/// <summary>An ellipsoid with its axes along the object's.</summary>
internal sealed class Ellipsoid(Vector3 centre, Vector3 radii, Material material) : Solid(material)
{
    public override Vector3 Min => centre - radii;

    public override Vector3 Max => centre + radii;

    public override bool Intersect(in Ray ray, float limit, out float distance, out Vector3 normal)
    {
        normal = default;
        distance = 0;
        var origin = (ray.Origin - centre) / radii;
        var direction = ray.Direction / radii;
        var a = direction.LengthSquared();
        var b = Vector3.Dot(origin, direction);
        var discriminant = b * b - a * (origin.LengthSquared() - 1);
        if (discriminant <= 0)
            return false;
        distance = (-b - MathF.Sqrt(discriminant)) / a;
        if (distance < Epsilon || distance >= limit)
            return false;
        normal = Vector3.Normalize((origin + distance * direction) / radii);
        return true;
    }
}
