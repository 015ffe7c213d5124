using ViCA.Native.Gpu.Emulator.Profiling;

namespace ViCA.Native.Tests.Emulator.Profiling;

public sealed class MemoryCostsTests
{
    private const uint AllLanes = uint.MaxValue;

    [Theory]
    [InlineData(4, 0, 4, 4, 128)]
    [InlineData(4, 4, 4, 5, 128)]
    [InlineData(8, 0, 4, 8, 128)]
    [InlineData(0, 20, 4, 1, 4)]
    [InlineData(16, 0, 16, 16, 512)]
    [InlineData(32, 0, 16, 32, 512)]
    [InlineData(1, 0, 1, 1, 32)]
    [InlineData(40, 0, 1, 32, 32)]
    [InlineData(132, 12, 4, 32, 128)]
    public void Global_CountsSectorsAndBytes(int stride, int offset, int bytes, int sectors, int distinct)
    {
        ulong[] addresses = Addresses(stride, 4096 + offset);

        Assert.Equal(sectors, MemoryCosts.Sectors(addresses, AllLanes, bytes));
        Assert.Equal(distinct, MemoryCosts.DistinctBytes(addresses, AllLanes, bytes));
    }

    [Theory]
    [InlineData(4, 4, 1, 0)]
    [InlineData(8, 4, 2, 1)]
    [InlineData(12, 4, 1, 0)]
    [InlineData(64, 4, 16, 15)]
    [InlineData(128, 4, 32, 31)]
    [InlineData(0, 4, 1, 0)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(8, 8, 2, 0)]
    [InlineData(16, 16, 4, 0)]
    [InlineData(32, 16, 8, 4)]
    [InlineData(128, 16, 32, 28)]
    [InlineData(144, 16, 4, 0)]
    public void Shared_CountsPassesThroughTheBanks(int stride, int bytes, int wavefronts, int conflicts) => Assert.Equal(
        (wavefronts, conflicts), MemoryCosts.Banks(Addresses(stride, 0), AllLanes, bytes));

    [Fact]
    public void OnlyActiveLanes_Count()
    {
        ulong[] addresses = Addresses(128, 0);

        Assert.Equal(2, MemoryCosts.Sectors(addresses, 0b101, 4));
        Assert.Equal(8, MemoryCosts.DistinctBytes(addresses, 0b101, 4));
        Assert.Equal((2, 1), MemoryCosts.Banks(addresses, 0b101, 4));
        Assert.Equal((1, 0), MemoryCosts.Banks(addresses, 0b1, 16));
    }

    [Fact]
    public void Overlaps_CountOnce() =>
        Assert.Equal(12, MemoryCosts.DistinctBytes([0, 4, 4, 0, .. new ulong[28]], 0b1111, 8));

    private static ulong[] Addresses(int stride, int offset) =>
        [.. Enumerable.Range(0, 32).Select(lane => (ulong)(lane * stride + offset))];
}
