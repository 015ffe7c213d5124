using System.Numerics;

namespace RoomRenderer;

/// <summary>
/// Furnishes a room from a seed: sofa, shelf, window and door at four walls, a table with chairs in between, a lamp
/// and a plant in corners. Nothing overlaps, and nothing stands in front of the door.
/// </summary>
internal sealed class RoomBuilder
{
    private const int Attempts = 400;
    private const float Gap = 0.08f;

    private static readonly Vector3[] WallTones =
        [new(0.78f, 0.72f, 0.6f), new(0.6f, 0.68f, 0.7f), new(0.7f, 0.74f, 0.62f), new(0.76f, 0.65f, 0.58f)];

    private readonly SeededRandom _random;
    private readonly FurnitureFactory _factory;
    private readonly Vector3 _size;
    private readonly List<Furniture> _furniture = [];
    private readonly List<Footprint> _taken = [];

    private RoomBuilder(SeededRandom random)
    {
        _random = random;
        _factory = new FurnitureFactory(random);
        _size = new Vector3(random.Next(4.8f, 6.4f), random.Next(4.6f, 5.6f), random.Next(2.5f, 2.8f));
    }

    /// <summary>The room that belongs to the random numbers.</summary>
    public static Room Build(SeededRandom random)
    {
        var builder = new RoomBuilder(random);
        builder.Furnish();
        var floor = new Material(random.Near(new Vector3(0.5f, 0.33f, 0.19f), 0.2f), Pattern.Planks);
        return new Room(builder._size, floor, new Material(random.Pick(WallTones)), builder._furniture);
    }

    private void Furnish()
    {
        var walls = _random.Permutation(4);
        PlaceDoorAndWindow(walls[0], walls[1]);
        PlaceSofa(walls[2]);
        PlaceShelf(walls[3]);
        PlaceDiningSet();
        PlaceInCorner(FurnitureFactory.FloorLamp);
        PlaceInCorner(_factory.Plant);
        _furniture.Add(FurnitureFactory.CeilingLamp(new Vector3(_size.X / 2, _size.Y / 2, _size.Z - 0.1f)));
    }

    private void PlaceDoorAndWindow(int doorWall, int windowWall)
    {
        var door = FurnitureFactory.Door(AtWall(doorWall, Along(doorWall, 0.8f), 0, 0), Yaw(doorWall));
        var leaf = door.Footprint(0);
        var inward = 0.9f * Inward(doorWall);
        var reach = new Vector2(inward.X, inward.Y);
        _furniture.Add(door);
        _taken.Add(new Footprint(Vector2.Min(leaf.Min, leaf.Min + reach), Vector2.Max(leaf.Max, leaf.Max + reach)));
        var width = _random.Next(1.3f, 1.8f);
        var along = Along(windowWall, width / 2 + 0.5f);
        _furniture.Add(FurnitureFactory.Window(AtWall(windowWall, along, 0, 0.85f), Yaw(windowWall), width));
    }

    private void PlaceSofa(int wall)
    {
        var width = _random.Next(1.85f, 2.2f);
        var sofa = Settle(() => _factory.Sofa(
            AtWall(wall, Along(wall, width / 2 + 0.1f), 0.5f, 0), Yaw(wall), width));
        if (sofa is null)
            return;
        var front = sofa.Position + 0.95f * Inward(wall);
        _furniture.Add(_factory.Rug(front, sofa.Yaw, new Vector2(1.9f, 1.2f)));
        _furniture.Add(_factory.Picture(
            sofa.Position - 0.5f * Inward(wall) + new Vector3(0, 0, 1.35f), sofa.Yaw));
    }

    private void PlaceShelf(int wall)
    {
        var width = _random.Next(0.8f, 1.1f);
        Settle(() => _factory.Bookshelf(AtWall(wall, Along(wall, width / 2 + 0.1f), 0.17f, 0), Yaw(wall), width));
    }

    private void PlaceDiningSet()
    {
        const float ChairRoom = 0.55f;
        var size = new Vector3(_random.Next(1.2f, 1.5f), _random.Next(0.75f, 0.9f), _random.Next(0.72f, 0.77f));
        var seats = _random.Permutation(4).Take(2 + _random.NextIndex(3)).Order().ToArray();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var centre = new Vector3(_random.Next(1f, _size.X - 1), _random.Next(1f, _size.Y - 1), 0);
            var table = _factory.Table(centre, _random.NextIndex(2) * MathF.PI / 2, size);
            var reach = table.ToRoom(new Vector3(size.X / 2 + 0.1f, size.Y / 2 + ChairRoom, 0));
            var half = new Vector2(MathF.Abs(reach.X), MathF.Abs(reach.Y));
            var middle = new Vector2(centre.X, centre.Y);
            var area = new Footprint(middle - half, middle + half);
            if (!IsFree(area))
                continue;
            _taken.Add(area);
            _furniture.Add(table);
            _furniture.AddRange(seats.Select(seat => ChairAt(table, seat)));
            return;
        }
    }

    private Furniture ChairAt(Furniture table, int seat)
    {
        var side = seat / 2 == 0 ? -1 : 1;
        var along = (seat % 2 == 0 ? -0.25f : 0.25f) * table.Size.X;
        var away = side * (table.Size.Y / 2 + _random.Next(0.12f, 0.26f));
        var facing = table.Yaw + (side < 0 ? 0 : MathF.PI) + _random.Next(-0.2f, 0.2f);
        return _factory.Chair(table.Position + table.ToRoom(new Vector3(along, away, 0)), facing);
    }

    private void PlaceInCorner(Func<Vector3, Furniture> make)
    {
        const float FromWall = 0.33f;
        Settle(() =>
        {
            var corner = _random.NextIndex(4);
            var x = corner % 2 == 0 ? FromWall : _size.X - FromWall;
            var y = corner / 2 == 0 ? FromWall : _size.Y - FromWall;
            return make(new Vector3(x, y, 0));
        });
    }

    private Furniture? Settle(Func<Furniture> propose)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var candidate = propose();
            var area = candidate.Footprint(Gap);
            if (_taken.Any(area.Overlaps) || !candidate.Footprint(0).LiesIn(Ground))
                continue;
            _taken.Add(area);
            _furniture.Add(candidate);
            return candidate;
        }

        return null;
    }

    private Footprint Ground => new(Vector2.Zero, new Vector2(_size.X, _size.Y));

    private bool IsFree(Footprint area) => area.LiesIn(Ground) && !_taken.Any(area.Overlaps);

    private float Along(int wall, float margin) =>
        _random.Next(margin, (wall % 2 == 0 ? _size.X : _size.Y) - margin);

    private Vector3 AtWall(int wall, float along, float distance, float height) => wall switch
    {
        0 => new Vector3(along, distance, height),
        1 => new Vector3(_size.X - distance, along, height),
        2 => new Vector3(along, _size.Y - distance, height),
        _ => new Vector3(distance, along, height),
    };

    private static float Yaw(int wall) => wall * MathF.PI / 2;

    private static Vector3 Inward(int wall) => wall switch
    {
        0 => Vector3.UnitY,
        1 => -Vector3.UnitX,
        2 => -Vector3.UnitY,
        _ => Vector3.UnitX,
    };
}
