using ViCA.Native.Generation;

namespace ViCA.Native.Tests.Generation;

public sealed class CounterRandomTests
{
    [Fact]
    public void Uniform_IsAFunctionOfSeedAndCounter()
    {
        double[] forwards = [.. Enumerable.Range(0, 100).Select(i => CounterRandom.Uniform(7, i))];
        double[] backwards = [.. Enumerable.Range(0, 100).Reverse().Select(i => CounterRandom.Uniform(7, i)).Reverse()];

        Assert.Equal(forwards, backwards);
        Assert.Equal(100, forwards.Distinct().Count());
        Assert.DoesNotContain(CounterRandom.Uniform(8, 0), forwards);
    }

    [Fact]
    public void Uniform_IsUniformOverCountersAndOverSeeds()
    {
        AssertUniform(i => CounterRandom.Uniform(0, i));
        AssertUniform(i => CounterRandom.Uniform(i, 0));
        AssertUniform(i => CounterRandom.Uniform(i, i));
    }

    /// <summary>Pearson's statistic over 100 bins: its mean is 99, its standard deviation 14.</summary>
    private static void AssertUniform(Func<int, double> draw)
    {
        const int Draws = 100_000, Bins = 100;
        int[] counts = new int[Bins];
        for (int i = 0; i < Draws; i++)
            counts[(int)(draw(i) * Bins)]++;
        double expected = (double)Draws / Bins;
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(statistic, 40, 160);
    }
}
