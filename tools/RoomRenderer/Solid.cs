using System.Numerics;

namespace RoomRenderer;

/// <summary>A convex body in the frame of its object (x to its right, y to its front, z up, metres).</summary>
internal abstract class Solid(Material material)
{
    /// <summary>Distances below this are the surface that the ray starts on.</summary>
    protected const float Epsilon = 1e-4f;

    public Material Material { get; } = material;

    /// <summary>Lowest corner of the axis-aligned box around the body.</summary>
    public abstract Vector3 Min { get; }

    /// <summary>Highest corner of the axis-aligned box around the body.</summary>
    public abstract Vector3 Max { get; }

    /// <summary>
    /// The first crossing nearer than <paramref name="limit"/>, from outside; the normal points outwards.
    /// </summary>
    public abstract bool Intersect(in Ray ray, float limit, out float distance, out Vector3 normal);
}
