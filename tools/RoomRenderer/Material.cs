using System.Numerics;

namespace RoomRenderer;

/// <summary>A surface: linear RGB colour, a pattern over it, and the light that it gives off itself.</summary>
internal sealed record Material(Vector3 Colour, Pattern Pattern = Pattern.Plain, float Emission = 0)
{
    private const float PlankWidth = 0.16f;
    private const float PlankLength = 1.3f;
    private const float JointWidth = 0.008f;

    /// <summary>The colour at a point (metres, in the frame of the object that the surface belongs to).</summary>
    public Vector3 ColourAt(Vector3 point) => Pattern switch
    {
        Pattern.Planks => Colour * Planks(point),
        Pattern.Grain => Colour * (0.9f + 0.1f * MathF.Sin(18 * point.Y + 3 * MathF.Sin(2.5f * point.X + point.Z))),
        Pattern.Stripes => Colour * (Cell(point.X / 0.22f) % 2 == 0 ? 1f : 0.55f),
        Pattern.Sky => Vector3.Lerp(new Vector3(0.95f, 0.95f, 0.9f), Colour, Math.Clamp(point.Z / 1.1f, 0, 1)),
        _ => Colour,
    };

    private static float Planks(Vector3 point)
    {
        var row = Cell(point.Y / PlankWidth);
        var along = point.X / PlankLength + 0.37f * row;
        var tone = 0.82f + 0.3f * Hash(row, Cell(along));
        var across = point.Y / PlankWidth - row;
        var joint = across * PlankWidth < JointWidth || (along - Cell(along)) * PlankLength < JointWidth;
        return joint ? 0.55f * tone : tone;
    }

    private static int Cell(float position) => (int)MathF.Floor(position);

    private static float Hash(int x, int y)
    {
        var bits = unchecked((uint)x * 0x85EBCA6Bu ^ (uint)y * 0xC2B2AE35u);
        bits = unchecked((bits ^ (bits >> 15)) * 0x2C1B3C6Du);
        return (bits >> 8) * (1f / (1 << 24));
    }
}
