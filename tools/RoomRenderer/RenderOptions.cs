namespace RoomRenderer;

/// <summary>What to draw and where to put it.</summary>
internal sealed record RenderOptions(
    ulong Seed, string Out, string? Truth, int Width, int Height, int Fps, double Seconds, int Crf, bool Force)
{
    public int FrameCount => Math.Max(1, (int)Math.Round(Seconds * Fps));
}
