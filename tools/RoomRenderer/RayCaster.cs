using System.Numerics;

namespace RoomRenderer;

/// <summary>
/// Draws a room: per pixel <see cref="Samples"/>² rays, each lit by the ceiling lamp and the window with shadows, by
/// the floor lamp without, and by light from all around that grows towards the ceiling.
/// </summary>
internal sealed class RayCaster
{
    private const int Samples = 3;
    private const float SkirtingHeight = 0.09f;
    private const float LightRadius = 0.14f;

    private static readonly Material Ceiling = new(new Vector3(0.85f, 0.85f, 0.83f));
    private static readonly Material Skirting = new(new Vector3(0.8f, 0.79f, 0.76f));
    private static readonly Vector3 CeilingLight = new(2.6f, 2.4f, 2.1f);
    private static readonly Vector3 WindowLight = new(2.2f, 2.5f, 3f);
    private static readonly Vector3 LampLight = new(0.5f, 0.36f, 0.2f);

    private readonly Room _room;
    private readonly Furniture[] _furniture;
    private readonly Vector3 _ceilingLight;
    private readonly Vector3? _windowLight;
    private readonly Vector3 _windowFront;
    private readonly Vector3? _lampLight;

    public RayCaster(Room room)
    {
        _room = room;
        _furniture = [.. room.Furniture];
        _ceilingLight = new Vector3(room.Size.X / 2, room.Size.Y / 2, room.Size.Z - 0.35f);
        var window = _furniture.FirstOrDefault(item => item.Category == "window");
        if (window is not null)
        {
            _windowFront = window.ToRoom(Vector3.UnitY);
            _windowLight = window.Centre + 0.2f * _windowFront;
        }

        _lampLight = _furniture.FirstOrDefault(item => item.Category == "lamp")?.Position + new Vector3(0, 0, 1.75f);
    }

    /// <summary>Draws one frame of <paramref name="width"/> × <paramref name="height"/> pixels.</summary>
    /// <param name="camera">Where it is seen from.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="rgb">Receives height × width × 3 bytes.</param>
    /// <returns>The share of the frame, 0 to 1, that each piece of furniture takes.</returns>
    public float[] Draw(Camera camera, int width, int height, byte[] rgb)
    {
        var seen = new int[_furniture.Length];
        Parallel.For(0, height, y => DrawRow(camera, width, height, y, rgb.AsSpan(y * width * 3, width * 3), seen));
        return [.. seen.Select(count => count / (float)(width * height * Samples * Samples))];
    }

    private void DrawRow(Camera camera, int width, int height, int y, Span<byte> rgb, int[] seen)
    {
        var scale = MathF.Tan(Camera.VerticalFieldOfView * MathF.PI / 360) * 2 / height;
        var (right, up) = (camera.Right, camera.Up);
        var seenHere = new int[seen.Length];
        for (var x = 0; x < width; x++)
        {
            var sum = Vector3.Zero;
            for (var sample = 0; sample < Samples * Samples; sample++)
            {
                var dx = x + (sample % Samples + 0.5f) / Samples - width / 2f;
                var dy = height / 2f - y - (sample / Samples + 0.5f) / Samples;
                var direction = camera.Forward + scale * (dx * right + dy * up);
                var hit = Trace(new Ray(camera.Position, Vector3.Normalize(direction)));
                if (hit.Index >= 0)
                    seenHere[hit.Index]++;
                sum += Vector3.Min(Shade(hit, sample), Vector3.One);
            }

            for (var channel = 0; channel < 3; channel++)
                rgb[3 * x + channel] = ToDisplay(sum[channel] / (Samples * Samples));
        }

        for (var index = 0; index < seen.Length; index++)
            Interlocked.Add(ref seen[index], seenHere[index]);
    }

    private Hit Trace(Ray ray)
    {
        var hit = TraceShell(ray);
        for (var index = 0; index < _furniture.Length; index++)
        {
            var item = _furniture[index];
            var local = item.ToLocal(ray);
            if (!Box.Meets(local, item.Min, item.Max, hit.Distance))
                continue;
            foreach (var solid in item.Solids)
            {
                if (!solid.Intersect(local, hit.Distance, out var distance, out var normal))
                    continue;
                var (material, colour) = (solid.Material, solid.Material.ColourAt(local.At(distance)));
                hit = new Hit(distance, ray.At(distance), item.ToRoom(normal), colour, material.Emission, index);
            }
        }

        return hit;
    }

    private Hit TraceShell(Ray ray)
    {
        var ahead = new Vector3(
            ray.Direction.X > 0 ? _room.Size.X : 0,
            ray.Direction.Y > 0 ? _room.Size.Y : 0,
            ray.Direction.Z > 0 ? _room.Size.Z : 0);
        var distances = (ahead - ray.Origin) / ray.Direction;
        var axis = distances.X < distances.Y
            ? (distances.X < distances.Z ? 0 : 2)
            : (distances.Y < distances.Z ? 1 : 2);
        var point = ray.At(distances[axis]);
        var normal = Vector3.Zero;
        normal[axis] = ray.Direction[axis] > 0 ? -1 : 1;
        var wall = point.Z < SkirtingHeight ? Skirting : _room.Walls;
        var material = axis < 2 ? wall : normal.Z > 0 ? _room.Floor : Ceiling;
        return new Hit(distances[axis], point, normal, material.ColourAt(point), 0, -1);
    }

    private Vector3 Shade(in Hit hit, int sample)
    {
        if (hit.Emission > 0)
            return hit.Emission * hit.Colour;
        var height = hit.Point.Z / _room.Size.Z;
        var around = (0.26f + 0.1f * hit.Normal.Z) * (0.8f + 0.3f * height) * new Vector3(1f, 0.98f, 0.95f);
        var light = around * Openness(hit) + Direct(hit, _ceilingLight, CeilingLight, sample);
        if (_windowLight is { } window)
        {
            var front = MathF.Max(0, Vector3.Dot(Vector3.Normalize(hit.Point - window), _windowFront));
            light += front * Direct(hit, window, WindowLight, sample);
        }

        if (_lampLight is { } lamp)
        {
            var way = lamp - hit.Point;
            var facing = MathF.Max(0.2f, Vector3.Dot(hit.Normal, Vector3.Normalize(way)));
            light += facing * LampLight / (0.4f + way.LengthSquared());
        }

        return hit.Colour * light;
    }

    private Vector3 Direct(in Hit hit, Vector3 light, Vector3 power, int sample)
    {
        var (sin, cos) = MathF.SinCos(sample * MathF.Tau / (Samples * Samples));
        var way = light + LightRadius * new Vector3(cos, sin, 0.5f * sin) - hit.Point;
        var distance = way.Length();
        var direction = way / distance;
        var facing = Vector3.Dot(hit.Normal, direction);
        if (facing <= 0 || IsBlocked(new Ray(hit.Point + 2e-3f * hit.Normal, direction), distance))
            return Vector3.Zero;
        return facing / (1.5f + distance * distance) * power;
    }

    /// <summary>How much of the light from all around reaches a point: less in the room's edges and corners.</summary>
    private float Openness(in Hit hit)
    {
        var toFar = _room.Size - hit.Point;
        var near = Vector3.Min(hit.Point, toFar) + 0.9f * Vector3.Abs(hit.Normal);
        var edge = MathF.Min(near.X, MathF.Min(near.Y, near.Z));
        return 0.72f + 0.28f * Math.Clamp(edge / 0.5f, 0, 1);
    }

    private bool IsBlocked(Ray ray, float limit)
    {
        foreach (var item in _furniture)
        {
            var local = item.ToLocal(ray);
            if (!Box.Meets(local, item.Min, item.Max, limit))
                continue;
            foreach (var solid in item.Solids)
            {
                if (solid.Material.Emission == 0 && solid.Intersect(local, limit, out _, out _))
                    return true;
            }
        }

        return false;
    }

    private static byte ToDisplay(float linear) => (byte)(255 * MathF.Pow(Math.Clamp(linear, 0, 1), 1 / 2.2f) + 0.5f);
}
