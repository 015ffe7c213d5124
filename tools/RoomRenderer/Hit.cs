using System.Numerics;

namespace RoomRenderer;

/// <summary>
/// What a ray meets first: the furniture's index (−1 for floor, walls and ceiling) and its surface there.
/// </summary>
internal readonly record struct Hit(
    float Distance, Vector3 Point, Vector3 Normal, Vector3 Colour, float Emission, int Index);
