using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

public sealed class CubinCacheTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vica-cubin-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Keeps_CodeAndLog()
    {
        CubinCache cache = new(_folder.FullName);

        cache.Add("key", new CachedCubin([1, 2, 3], "Used 12 registers, größer"));

        CachedCubin found = Assert.IsType<CachedCubin>(new CubinCache(_folder.FullName).Find("key"));
        Assert.Equal([1, 2, 3], found.Cubin);
        Assert.Equal("Used 12 registers, größer", found.Log);
        Assert.Null(cache.Find("other"));
        Assert.Equal(["key.cubin"], _folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public void Replaces_AnEntry()
    {
        CubinCache cache = new(_folder.FullName);

        cache.Add("key", new CachedCubin([1], ""));
        cache.Add("key", new CachedCubin([2], ""));

        Assert.Equal([2], cache.Find("key")!.Cubin);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(41)]
    [InlineData(-1)]
    public void Drops_ADamagedEntry(int at)
    {
        CubinCache cache = new(_folder.FullName);
        cache.Add("key", new CachedCubin([1, 2, 3], "log"));
        string file = Assert.Single(_folder.GetFiles()).FullName;
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Null(cache.Find("key"));
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(48)]
    public void Drops_AShortEntry(int bytes)
    {
        CubinCache cache = new(_folder.FullName);
        cache.Add("key", new CachedCubin([1, 2, 3], "log"));
        string file = Assert.Single(_folder.GetFiles()).FullName;
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..bytes]);

        Assert.Null(cache.Find("key"));
    }

    [Fact]
    public void Forgets_WhatWasUsedLongestAgo()
    {
        CubinCache cache = new(_folder.FullName, limitBytes: 2500);
        foreach (string key in (string[])["a", "b"])
        {
            cache.Add(key, new CachedCubin(new byte[1000], ""));
            File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, $"{key}.cubin"), DateTime.UtcNow.AddHours(-1));
        }

        Assert.NotNull(cache.Find("a"));
        cache.Add("c", new CachedCubin(new byte[1000], ""));

        Assert.Equal(["a.cubin", "c.cubin"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void Removes_WhatOthersLeftHalfWritten()
    {
        string left = Path.Combine(_folder.FullName, "x.part");
        File.WriteAllText(left, "");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        string inWork = Path.Combine(_folder.FullName, "y.part");
        File.WriteAllText(inWork, "");

        new CubinCache(_folder.FullName).Add("key", new CachedCubin([1], ""));

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(inWork));
    }

    [Fact]
    public void Does_WithoutAFolder()
    {
        string file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        CubinCache cache = new(Path.Combine(file, "below"));

        cache.Add("key", new CachedCubin([1], ""));

        Assert.Null(cache.Find("key"));
    }

    [Fact]
    public void Tells_KeysApart()
    {
        string key = CubinCache.Key("ptx", "options", 12_040, "chip 9.0");

        Assert.Equal(64, key.Length);
        Assert.Equal(key, CubinCache.Key("ptx", "options", 12_040, "chip 9.0"));
        string[] others =
        [
            CubinCache.Key("ptx ", "options", 12_040, "chip 9.0"),
            CubinCache.Key("ptxo", "ptions", 12_040, "chip 9.0"),
            CubinCache.Key("ptx", "options", 12_050, "chip 9.0"),
            CubinCache.Key("ptx", "options", 12_040, "chip 8.0"),
        ];
        Assert.DoesNotContain(key, others);
        Assert.Equal(4, others.Distinct().Count());
    }
}
