namespace RoomRenderer;

/// <summary>How a surface's colour varies over it.</summary>
internal enum Pattern
{
    Plain,
    Planks,
    Grain,
    Stripes,
    Sky,
}
