using System.Numerics;

namespace RoomRenderer;

/// <summary>
/// A furnished room: the box from the origin to <paramref name="Size"/> (x width, y depth, z height, metres).
/// </summary>
internal sealed record Room(Vector3 Size, Material Floor, Material Walls, IReadOnlyList<Furniture> Furniture);
