using System.Numerics;

namespace RoomRenderer;

/// <summary>The pieces of furniture, each drawn from boxes, cylinders and ellipsoids; sizes in metres.</summary>
internal sealed class FurnitureFactory(SeededRandom random)
{
    private static readonly Vector3[] WoodTones =
        [new(0.42f, 0.23f, 0.11f), new(0.3f, 0.15f, 0.07f), new(0.55f, 0.36f, 0.2f), new(0.62f, 0.48f, 0.32f)];

    private static readonly Vector3[] Fabrics =
        [new(0.08f, 0.2f, 0.42f), new(0.45f, 0.08f, 0.07f), new(0.1f, 0.3f, 0.16f), new(0.35f, 0.34f, 0.36f)];

    private static readonly Vector3[] BookColours =
    [
        new(0.5f, 0.07f, 0.06f), new(0.06f, 0.14f, 0.4f), new(0.07f, 0.28f, 0.13f), new(0.6f, 0.45f, 0.1f),
        new(0.65f, 0.6f, 0.5f), new(0.22f, 0.08f, 0.28f),
    ];

    private static readonly Material White = new(new Vector3(0.75f, 0.74f, 0.7f));
    private static readonly Material Metal = new(new Vector3(0.12f, 0.12f, 0.13f));
    private static readonly Material Brass = new(new Vector3(0.6f, 0.45f, 0.15f));

    private readonly Material _wood = new(random.Pick(WoodTones), Pattern.Grain);
    private readonly Material _fabric = new(random.Near(random.Pick(Fabrics), 0.15f));
    private readonly Material _accent = new(new Vector3(0.7f, 0.42f, 0.08f));

    public Furniture Table(Vector3 position, float yaw, Vector3 size)
    {
        const float Thickness = 0.045f, Leg = 0.07f, Inset = 0.05f;
        var solids = new List<Solid> { Block(0, 0, size.Z - Thickness, size.X, size.Y, Thickness, _wood) };
        foreach (var (x, y) in Corners((size.X - Leg) / 2 - Inset, (size.Y - Leg) / 2 - Inset))
            solids.Add(Block(x, y, 0, Leg, Leg, size.Z - Thickness, _wood));
        return new Furniture("table", position, yaw, solids);
    }

    /// <summary>A chair whose back is at −y: who sits on it looks towards +y.</summary>
    public Furniture Chair(Vector3 position, float yaw)
    {
        const float Width = 0.43f, Leg = 0.04f, Seat = 0.45f, Back = 0.92f, Corner = (Width - Leg) / 2;
        var solids = new List<Solid> { Block(0, 0, Seat - 0.04f, Width, Width, 0.04f, _accent) };
        foreach (var (x, y) in Corners(Corner, Corner))
            solids.Add(Block(x, y, 0, Leg, Leg, y < 0 ? Back : Seat - 0.04f, _wood));
        solids.Add(Block(0, -Corner, Back - 0.16f, Width - 2 * Leg, 0.025f, 0.14f, _wood));
        solids.Add(Block(0, -Corner, Back - 0.32f, Width - 2 * Leg, 0.025f, 0.07f, _wood));
        return new Furniture("chair", position, yaw, solids);
    }

    public Furniture Sofa(Vector3 position, float yaw, float width)
    {
        const float Depth = 0.9f, Arm = 0.18f, Seat = 0.3f, Back = 0.82f, Foot = 0.08f;
        var inner = width - 2 * Arm;
        var front = Depth / 2;
        var solids = new List<Solid>
        {
            Block(0, 0, Foot, inner, Depth - 0.04f, Seat - Foot, _fabric),
            Block(0, -front + 0.12f, Foot, inner, 0.24f, Back - Foot, _fabric),
            Block(-(width - Arm) / 2, 0, Foot, Arm, Depth, 0.54f, _fabric),
            Block((width - Arm) / 2, 0, Foot, Arm, Depth, 0.54f, _fabric),
        };
        foreach (var (x, y) in Corners(width / 2 - 0.09f, front - 0.09f))
            solids.Add(Block(x, y, 0, 0.06f, 0.06f, Foot, Metal));
        var cushion = new Material(_fabric.Colour * 1.35f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var x = side * inner / 4;
            solids.Add(Block(x, 0.11f, Seat, inner / 2 - 0.02f, Depth - 0.28f, 0.15f, cushion));
            solids.Add(Block(x, -0.13f, 0.46f, inner / 2 - 0.03f, 0.14f, 0.34f, cushion));
            solids.Add(new Ellipsoid(
                new(side * (inner / 2 - 0.2f), 0.04f, 0.62f), new Vector3(0.2f, 0.09f, 0.17f), _accent));
        }

        return new Furniture("sofa", position, yaw, solids);
    }

    public static Furniture FloorLamp(Vector3 position) => new("lamp", position, 0,
    [
        new Frustum(Vector3.Zero, 0.03f, 0.15f, 0.14f, Metal),
        new Frustum(new(0, 0, 0.03f), 1.27f, 0.015f, 0.015f, Metal),
        new Frustum(new(0, 0, 1.28f), 0.3f, 0.24f, 0.15f, new Material(new Vector3(1f, 0.8f, 0.5f), Emission: 0.9f)),
    ]);

    public Furniture Bookshelf(Vector3 position, float yaw, float width)
    {
        const float Depth = 0.3f, Board = 0.025f;
        const int Rows = 5;
        var height = random.Next(1.75f, 1.95f);
        var solids = new List<Solid>
        {
            Block(-(width - Board) / 2, 0, 0, Board, Depth, height, _wood),
            Block((width - Board) / 2, 0, 0, Board, Depth, height, _wood),
            Block(0, -Depth / 2 + 0.005f, 0, width - 2 * Board, 0.01f, height, _wood),
        };
        var pitch = (height - Board) / Rows;
        for (var row = 0; row <= Rows; row++)
        {
            solids.Add(Block(0, 0, row * pitch, width - 2 * Board, Depth, Board, _wood));
            if (row < Rows)
                solids.AddRange(Books(row * pitch + Board, width / 2 - 2 * Board, pitch - Board));
        }

        return new Furniture("bookshelf", position, yaw, solids);
    }

    public static Furniture Door(Vector3 position, float yaw)
    {
        const float Width = 0.9f, Height = 2.05f, Frame = 0.07f;
        var leaf = new Material(new Vector3(0.5f, 0.33f, 0.2f));
        var panel = new Material(leaf.Colour * 0.7f);
        var solids = new List<Solid>
        {
            Block(0, 0.02f, 0, Width - 2 * Frame, 0.04f, Height - Frame, leaf),
            Block(-(Width - Frame) / 2, 0.035f, 0, Frame, 0.07f, Height, White),
            Block((Width - Frame) / 2, 0.035f, 0, Frame, 0.07f, Height, White),
            Block(0, 0.035f, Height - Frame, Width - 2 * Frame, 0.07f, Frame, White),
            new Ellipsoid(new(Width / 2 - Frame - 0.08f, 0.08f, 1f), new Vector3(0.035f), Brass),
        };
        foreach (var x in (ReadOnlySpan<float>)[-0.18f, 0.18f])
        {
            solids.Add(Block(x, 0.045f, 0.2f, 0.24f, 0.02f, 0.65f, panel));
            solids.Add(Block(x, 0.045f, 1.1f, 0.24f, 0.02f, 0.7f, panel));
        }

        return new Furniture("door", position, yaw, solids);
    }

    public static Furniture Window(Vector3 position, float yaw, float width)
    {
        const float Height = 1.25f, Frame = 0.06f;
        var pane = new Material(new Vector3(0.35f, 0.6f, 1f), Pattern.Sky, Emission: 1f);
        return new Furniture("window", position, yaw,
        [
            Block(0, 0.01f, 0, width - Frame, 0.02f, Height - Frame, pane),
            Block(-(width - Frame) / 2, 0.03f, 0, Frame, 0.06f, Height, White),
            Block((width - Frame) / 2, 0.03f, 0, Frame, 0.06f, Height, White),
            Block(0, 0.03f, Height - Frame, width, 0.06f, Frame, White),
            Block(0, 0.06f, 0, width + 0.1f, 0.12f, 0.04f, White),
            Block(0, 0.025f, 0, 0.045f, 0.05f, Height, White),
            Block(0, 0.025f, Height * 0.62f, width, 0.05f, 0.04f, White),
        ]);
    }

    public Furniture Picture(Vector3 position, float yaw)
    {
        var solids = new List<Solid>
        {
            Block(0, 0.01f, 0, 0.9f, 0.02f, 0.6f, Metal),
            Block(0, 0.013f, 0.05f, 0.8f, 0.026f, 0.5f, new Material(new Vector3(0.5f, 0.65f, 0.75f))),
            Block(0, 0.014f, 0.05f, 0.8f, 0.028f, 0.17f, new Material(new Vector3(0.2f, 0.35f, 0.12f))),
            new Ellipsoid(new(0.2f, 0.015f, 0.4f), new Vector3(0.07f, 0.015f, 0.07f), _accent),
        };
        return new Furniture("picture", position, yaw, solids);
    }

    public Furniture Plant(Vector3 position)
    {
        var leaf = new Material(new Vector3(0.06f, 0.25f, 0.06f));
        var solids = new List<Solid>
        {
            new Frustum(Vector3.Zero, 0.3f, 0.12f, 0.17f, new Material(new Vector3(0.55f, 0.22f, 0.12f))),
            new Frustum(new(0, 0, 0.3f), 0.3f, 0.02f, 0.02f, _wood),
        };
        for (var i = 0; i < 9; i++)
        {
            var (sin, cos) = MathF.SinCos(i * 2.4f);
            var centre = new Vector3(0.16f * cos, 0.16f * sin, 0.55f + 0.06f * i);
            solids.Add(new Ellipsoid(centre, new Vector3(0.13f, 0.13f, 0.08f), leaf with
            {
                Colour = random.Near(leaf.Colour, 0.3f),
            }));
        }

        return new Furniture("plant", position, 0, solids);
    }

    public Furniture Rug(Vector3 position, float yaw, Vector2 size)
    {
        var cloth = new Material(random.Near(new Vector3(0.5f, 0.42f, 0.33f), 0.2f), Pattern.Stripes);
        return new Furniture("rug", position, yaw, [Block(0, 0, 0, size.X, size.Y, 0.012f, cloth)]);
    }

    /// <summary>A lamp under the ceiling; <paramref name="position"/> is the middle of its underside.</summary>
    public static Furniture CeilingLamp(Vector3 position) => new("ceiling lamp", position, 0,
        [new Frustum(Vector3.Zero, 0.1f, 0.16f, 0.22f, new Material(new Vector3(1f, 0.95f, 0.85f), Emission: 1f))]);

    private IEnumerable<Solid> Books(float level, float halfWidth, float room)
    {
        var end = halfWidth * random.Next(0.3f, 0.95f);
        for (var x = -halfWidth; x < end;)
        {
            var width = random.Next(0.03f, 0.065f);
            var height = room * random.Next(0.6f, 0.88f);
            yield return Block(x + width / 2, 0, level, width - 0.004f, 0.2f, height,
                new Material(random.Near(random.Pick(BookColours), 0.2f)));
            x += width;
        }
    }

    private static Box Block(float x, float y, float z, float width, float depth, float height, Material material) =>
        new(new Vector3(x - width / 2, y - depth / 2, z), new Vector3(x + width / 2, y + depth / 2, z + height),
            material);

    private static IEnumerable<(float X, float Y)> Corners(float x, float y) => [(-x, -y), (x, -y), (-x, y), (x, y)];
}
