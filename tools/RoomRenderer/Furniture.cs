using System.Numerics;

namespace RoomRenderer;

/// <summary>
/// One object of a room: its solids in its own frame (origin at the middle of its underside, front towards +y),
/// standing at <see cref="Position"/> and turned by <see cref="Yaw"/> (radians, counter-clockwise from above).
/// </summary>
internal sealed class Furniture
{
    private readonly float _cos;
    private readonly float _sin;

    public Furniture(string category, Vector3 position, float yaw, IReadOnlyList<Solid> solids)
    {
        (Category, Position, Yaw, Solids) = (category, position, yaw, [.. solids]);
        (_sin, _cos) = MathF.SinCos(yaw);
        Min = solids.Aggregate(solids[0].Min, (low, solid) => Vector3.Min(low, solid.Min));
        Max = solids.Aggregate(solids[0].Max, (high, solid) => Vector3.Max(high, solid.Max));
    }

    public string Category { get; }

    public Vector3 Position { get; }

    public float Yaw { get; }

    public Solid[] Solids { get; }

    /// <summary>Lowest corner of the box around all solids, in the object's frame.</summary>
    public Vector3 Min { get; }

    /// <summary>Highest corner of the box around all solids, in the object's frame.</summary>
    public Vector3 Max { get; }

    /// <summary>Width, depth and height in metres, along the object's own axes.</summary>
    public Vector3 Size => Max - Min;

    /// <summary>Middle of the box around the object, in the room's frame.</summary>
    public Vector3 Centre => Position + ToRoom((Min + Max) / 2);

    /// <summary>A direction of the object's frame in the room's.</summary>
    public Vector3 ToRoom(Vector3 local) =>
        new(_cos * local.X - _sin * local.Y, _sin * local.X + _cos * local.Y, local.Z);

    /// <summary>A ray of the room in the object's frame.</summary>
    public Ray ToLocal(in Ray ray) => new(Unturn(ray.Origin - Position), Unturn(ray.Direction));

    /// <summary>The object's ground plan, grown by <paramref name="margin"/> metres on each side.</summary>
    public Footprint Footprint(float margin)
    {
        var (cos, sin) = (MathF.Abs(_cos), MathF.Abs(_sin));
        var half = new Vector2(cos * Size.X + sin * Size.Y, sin * Size.X + cos * Size.Y) / 2 + new Vector2(margin);
        var centre = new Vector2(Centre.X, Centre.Y);
        return new Footprint(centre - half, centre + half);
    }

    private Vector3 Unturn(Vector3 v) => new(_cos * v.X + _sin * v.Y, _cos * v.Y - _sin * v.X, v.Z);
}
