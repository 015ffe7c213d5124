using System.Numerics;

namespace RoomRenderer;

/// <summary>An upright cone frustum with flat ends; equal radii make a cylinder.</summary>
internal sealed class Frustum(Vector3 foot, float height, float footRadius, float topRadius, Material material)
    : Solid(material)
{
    private readonly float _slope = (topRadius - footRadius) / height;
    private readonly float _reach = MathF.Max(footRadius, topRadius);

    public override Vector3 Min => foot - new Vector3(_reach, _reach, 0);

    public override Vector3 Max => foot + new Vector3(_reach, _reach, height);

    public override bool Intersect(in Ray ray, float limit, out float distance, out Vector3 normal)
    {
        distance = limit;
        normal = default;
        var origin = ray.Origin - foot;
        var met = Side(origin, ray.Direction, ref distance, ref normal);
        met |= End(origin, ray.Direction, 0, footRadius, ref distance, ref normal);
        met |= End(origin, ray.Direction, height, topRadius, ref distance, ref normal);
        return met;
    }

    private bool Side(Vector3 origin, Vector3 direction, ref float distance, ref Vector3 normal)
    {
        var radius = footRadius + _slope * origin.Z;
        var growth = _slope * direction.Z;
        var a = direction.X * direction.X + direction.Y * direction.Y - growth * growth;
        var b = origin.X * direction.X + origin.Y * direction.Y - radius * growth;
        var c = origin.X * origin.X + origin.Y * origin.Y - radius * radius;
        var discriminant = b * b - a * c;
        if (discriminant <= 0 || a == 0)
            return false;
        var t = (-b - MathF.Sqrt(discriminant)) / a;
        var point = origin + t * direction;
        if (t < Epsilon || t >= distance || point.Z < 0 || point.Z > height)
            return false;
        distance = t;
        normal = Vector3.Normalize(new Vector3(point.X, point.Y, -_slope * (footRadius + _slope * point.Z)));
        return true;
    }

    private static bool End(
        Vector3 origin, Vector3 direction, float level, float radius, ref float distance, ref Vector3 normal)
    {
        var t = (level - origin.Z) / direction.Z;
        var point = origin + t * direction;
        if (!(t >= Epsilon && t < distance) || point.X * point.X + point.Y * point.Y > radius * radius)
            return false;
        distance = t;
        normal = new Vector3(0, 0, level > 0 ? 1 : -1);
        return true;
    }
}
