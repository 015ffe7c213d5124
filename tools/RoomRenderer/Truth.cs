using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RoomRenderer;

/// <summary>What is true of a drawn clip, as JSON: room, objects and camera, in metres, degrees and seconds.</summary>
internal static partial class Truth
{
    /// <summary>An object counts as seen from the first frame of which it takes this share.</summary>
    public const float SeenShare = 0.004f;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The truth of a clip; <paramref name="firstSeen"/> holds each object's first frame, −1 for never.
    /// </summary>
    public static string Describe(
        RenderOptions options, Room room, IReadOnlyList<Camera> cameras, IReadOnlyList<int> firstSeen)
    {
        var truth = new
        {
            options.Seed,
            Units = "metres, degrees, seconds; x width, y depth, z up, the origin is a corner of the floor",
            Room = new
            {
                Size = Numbers(room.Size),
                FloorArea = Rounded(room.Size.X * room.Size.Y),
            },
            Counts = room.Furniture.CountBy(item => item.Category).ToDictionary(),
            Objects = room.Furniture.Select((item, index) => new
            {
                item.Category,
                Centre = Numbers(item.Centre),
                Size = Numbers(item.Size),
                YawDegrees = Rounded(item.Yaw * 180 / MathF.PI),
                FirstSeenFrame = firstSeen[index] < 0 ? (int?)null : firstSeen[index],
            }),
            Camera = new
            {
                options.Width,
                options.Height,
                options.Fps,
                FrameCount = cameras.Count,
                VerticalFieldOfViewDegrees = Camera.VerticalFieldOfView,
                Path = cameras.Select(camera => new[] { camera.Position, camera.Forward }.SelectMany(Numbers)),
                PathColumns = "position x, y, z, viewing direction x, y, z; one row a frame",
            },
        };
        return NumberList().Replace(
            JsonSerializer.Serialize(truth, Format), list => Space().Replace(list.Value, "").Replace(",", ", ")) + "\n";
    }

    private static double[] Numbers(Vector3 v) => [Rounded(v.X), Rounded(v.Y), Rounded(v.Z)];

    private static double Rounded(float value) => Math.Round(value, 4);

    [GeneratedRegex(@"\[[-\d.,\s]+\]")]
    private static partial Regex NumberList();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
