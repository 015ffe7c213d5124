using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>What only a GPU can show. In the group of the stand-in, which steps aside where there is a driver.</summary>
[Collection(StandInGroup.Name)]
[Trait("Needs", "Gpu")]
public sealed class CudaHardwareTests : IDisposable
{
    private const int Length = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vica-cubin-");

    // nvcc 13 says 9.0; drivers of CUDA 12 take it as what it needs.
    private static string Saxpy =>
        File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, "ptx", "saxpy.sm_80.ptx"))
            .Replace(".version 9.0", ".version 7.0", StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public void Runs_AKernel()
    {
        using CudaContext context = Open();
        using CudaModule module = context.Load(Saxpy);
        CudaFunction saxpy = module.GetFunction("saxpy");
        using CudaMemory x = Upload(context, i => i);
        using CudaMemory y = Upload(context, i => 2 * i);

        saxpy.Launch(context.Stream, 8, 128, 0, Arguments(x, y));

        Assert.Equal([.. Enumerable.Range(0, Length).Select(i => 4.5f * i)], Download(context, y));
        Assert.Equal(0, saxpy.LocalBytes);
        Assert.InRange(saxpy.Registers, 4, 32);
        Assert.InRange(saxpy.BlocksPerMultiprocessor(128, 0), 1, 32);
    }

    [SkippableFact]
    public void Takes_MachineCodeFromTheCache()
    {
        using CudaContext context = Open();
        context.Load(Saxpy).Dispose();

        using CudaModule again = context.Load(Saxpy);

        Assert.True(again.FromCache);
        Assert.Contains("registers", again.JitLog, StringComparison.Ordinal);
        Assert.Equal("saxpy", again.GetFunction("saxpy").Name);
    }

    [SkippableFact]
    public void Runs_AGraph_AndMeasuresIt()
    {
        using CudaContext context = Open();
        using CudaModule module = context.Load(Saxpy);
        CudaFunction saxpy = module.GetFunction("saxpy");
        using CudaMemory x = Upload(context, i => i);
        using CudaMemory y = Upload(context, _ => 0);
        using CudaEvent start = context.CreateEvent();
        using CudaEvent end = context.CreateEvent();
        byte[] arguments = Arguments(x, y);

        using CudaGraph graph = context.Stream.Capture(() => saxpy.Launch(context.Stream, 8, 128, 0, arguments));
        Assert.Equal(0f, Download(context, y)[1]);
        context.Stream.Record(start);
        graph.Launch(context.Stream);
        graph.Launch(context.Stream);
        context.Stream.Record(end);
        end.Synchronize();

        Assert.Equal(5f, Download(context, y)[1]);
        Assert.InRange(end.MillisecondsSince(start), 0.0001f, 1000f);
    }

    [SkippableFact]
    public void Shows_WhatTheCompilerComplainsAbout()
    {
        using CudaContext context = Open();

        CudaException refused = Assert.Throws<CudaException>(
            () => context.Load(Saxpy.Replace("mad.lo.s32", "mad.oops.s32", StringComparison.Ordinal)));

        Assert.Equal(("cuModuleLoadDataEx", 218), (refused.Call, refused.Number));
        Assert.Contains("line", refused.Log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Encodes_ATensorMap()
    {
        using CudaContext context = Open();
        Skip.If(context.Device.Major < 9, $"{context.Device.Name} has no tensor maps");
        using CudaMemory memory = context.Allocate(256 * 128);
        byte[] encoded = new byte[TensorMap.EncodedBytes];

        new TensorMap(
            TensorMapElement.BFloat16, memory.Address, [64, 256], [128], [64, 64], [1, 1],
            Swizzle: TensorMapSwizzle.Bytes128).Encode(encoded);

        Assert.Contains(encoded, value => value != 0);
    }

    [SkippableFact]
    public void Says_HowMuchMemoryIsMissing()
    {
        using CudaContext context = Open();

        ResourceException full = Assert.Throws<ResourceException>(() => context.Allocate(1L << 44));

        Assert.StartsWith($"{context.Device.Name}: not enough memory", full.Message, StringComparison.Ordinal);
    }

    private static CudaMemory Upload(CudaContext context, Func<int, float> value)
    {
        CudaMemory memory = context.Allocate(Length * sizeof(float));
        float[] values = [.. Enumerable.Range(0, Length).Select(value)];
        context.CopyToDevice(MemoryMarshal.AsBytes(values.AsSpan()), memory.Address);
        return memory;
    }

    private static float[] Download(CudaContext context, CudaMemory memory)
    {
        float[] values = new float[Length];
        context.CopyToHost(memory.Address, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    // n, a, x, y at the multiples of their sizes.
    private static byte[] Arguments(CudaMemory x, CudaMemory y)
    {
        byte[] block = new byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(block, Length);
        BinaryPrimitives.WriteSingleLittleEndian(block.AsSpan(4), 2.5f);
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(8), x.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(16), y.Address);
        return block;
    }

    private CudaContext Open()
    {
        bool opened = CudaContext.TryCreate(
            CudaDriver.Library, 0, new CubinCache(_folder.FullName), out CudaContext? context, out string reason);
        Skip.IfNot(opened, reason);
        return context!;
    }
}
