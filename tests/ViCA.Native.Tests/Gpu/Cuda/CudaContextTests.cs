using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

[Collection(StandInGroup.Name)]
public sealed class CudaContextTests
{
    [SkippableFact]
    public void Copies_ThereAndBack()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaMemory first = context.Allocate(256);
        using CudaMemory second = context.Allocate(256);
        byte[] sent = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] received = new byte[256];

        context.CopyToDevice(sent, first.Address);
        context.CopyOnDevice(first.Address, second.Address, 256, context.Stream);
        context.Fill(second.Address, 0xee, 2, context.Stream);
        context.CopyToHost(second.Address, received);

        Assert.Equal([0xee, 0xee, .. sent[2..]], received);
        Assert.Equal(256, first.Bytes);
        Assert.Equal(
            [
                "cuMemAlloc", "cuMemAlloc", "cuMemcpyHtoDAsync", "cuStreamSynchronize", "cuMemcpyDtoDAsync",
                "cuMemsetD8Async", "cuMemcpyDtoHAsync", "cuStreamSynchronize",
            ],
            StandInDriver.Calls);
    }

    [SkippableFact]
    public void Copies_WithoutWaiting_FromLockedMemory()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaMemory memory = context.Allocate(16);
        using CudaHostMemory host = context.AllocateHost(16);
        using CudaStream stream = context.CreateStream();
        "sixteen bytes..."u8.CopyTo(host.Span);

        context.CopyToDevice(host, memory.Address, 8, stream);
        host.Span.Clear();
        context.CopyToHost(memory.Address, host, 7, stream);

        Assert.Equal("sixteen\0"u8, host.Span[..8]);
        Assert.DoesNotContain("cuStreamSynchronize", StandInDriver.Calls);
        Assert.Throws<ArgumentOutOfRangeException>(() => context.CopyToDevice(host, memory.Address, 17, stream));
    }

    [SkippableFact]
    public void Says_HowMuchMemoryIsMissing()
    {
        using CudaContext context = StandInDriver.Open();
        StandInDriver.Failures["cuMemAlloc"] = StandInDriver.OutOfMemory;

        ResourceException full = Assert.Throws<ResourceException>(() => context.Allocate(12_345_678_901));

        Assert.Equal(ErrorCodes.ResourceGpuMemory, full.Code);
        Assert.Equal(6, full.ExitCode);
        Assert.Equal(
            "Stand-in 7: not enough memory (expected 12.35 GB, found 3.00 GB free of 85.90 GB)", full.Message);
    }

    [SkippableFact]
    public void Names_TheCallThatFailed()
    {
        using CudaContext context = StandInDriver.Open();
        StandInDriver.Failures["cuStreamSynchronize"] = StandInDriver.IllegalAddress;

        CudaException fault = Assert.Throws<CudaException>(context.Stream.Synchronize);

        Assert.Equal("cuStreamSynchronize: sentence 700 (CUDA_ERROR_ILLEGAL_ADDRESS, 700)", fault.Message);
        Assert.Equal(
            ("cuStreamSynchronize", 700, "CUDA_ERROR_ILLEGAL_ADDRESS"), (fault.Call, fault.Number, fault.Name));
        Assert.Equal(ErrorCodes.DeviceFault, fault.Code);
        Assert.Equal(10, fault.ExitCode);
    }

    [SkippableFact]
    public void Names_TheKernelBeforeAFault()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(".version 8.0");
        module.GetFunction("kernel").Launch(context.Stream, 1, 32, 0, []);
        StandInDriver.Failures["cuStreamSynchronize"] = StandInDriver.IllegalAddress;

        CudaException fault = Assert.Throws<CudaException>(context.Stream.Synchronize);

        Assert.Equal(
            "cuStreamSynchronize: sentence 700 (CUDA_ERROR_ILLEGAL_ADDRESS, 700); "
                + "the last kernel launched was 'kernel'",
            fault.Message);
    }

    [SkippableTheory]
    [InlineData(1, ErrorCodes.CudaError, 70)]
    [InlineData(2, ErrorCodes.ResourceGpuMemory, 6)]
    [InlineData(46, ErrorCodes.DeviceLost, 10)]
    [InlineData(214, ErrorCodes.DeviceLost, 10)]
    [InlineData(222, ErrorCodes.EnvCuda, 5)]
    [InlineData(719, ErrorCodes.DeviceFault, 10)]
    [InlineData(999, ErrorCodes.DeviceLost, 10)]
    public void Knows_WhatKindOfFailureItIs(int result, string code, int exitCode)
    {
        using CudaContext context = StandInDriver.Open();
        StandInDriver.Failures["cuCtxSynchronize"] = result;

        VicaException failure = Assert.ThrowsAny<VicaException>(context.Synchronize);

        Assert.Equal((code, exitCode), (failure.Code, failure.ExitCode));
    }

    [SkippableFact]
    public void Measures_BetweenEvents()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaEvent start = context.CreateEvent();
        using CudaEvent end = context.CreateEvent();

        context.Stream.Record(start);
        context.Stream.Record(end);
        end.Synchronize();

        // The stand-in's handles are one apart, and so are its times.
        Assert.Equal(1f, end.MillisecondsSince(start));
        Assert.Equal(
            [
                "cuEventCreate", "cuEventCreate", "cuEventRecord", "cuEventRecord", "cuEventSynchronize",
                "cuEventElapsedTime",
            ],
            StandInDriver.Calls);
    }

    [SkippableFact]
    public void Lets_OneStreamWaitForAnother()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaStream other = context.CreateStream();
        using CudaEvent mark = context.CreateEvent();

        context.Stream.Record(mark);
        other.Wait(mark);

        Assert.Equal(["cuStreamCreate", "cuEventCreate", "cuEventRecord", "cuStreamWaitEvent"], StandInDriver.Calls);
    }

    [SkippableFact]
    public void Works_OnAnyThread()
    {
        using CudaContext context = StandInDriver.Open();

        (long free, long total) = default((long, long));
        Thread thread = new(() => (free, total) = context.Memory());
        thread.Start();
        thread.Join();

        Assert.Equal((3_000_000_000, 80L << 30), (free, total));
    }

    [SkippableFact]
    public void Releases_TheContextLast()
    {
        CudaContext context = StandInDriver.Open();
        CudaMemory memory = context.Allocate(64);
        StandInDriver.Calls.Clear();

        context.Dispose();
        memory.Dispose();

        Assert.Equal(["cuStreamDestroy", "cuMemFree", "cuDevicePrimaryCtxRelease"], StandInDriver.Calls);
    }

    [SkippableFact]
    public void Refuses_WhatHasBeenDisposed()
    {
        CudaContext context = StandInDriver.Open();
        CudaMemory memory = context.Allocate(64);
        memory.Dispose();
        context.Dispose();

        Assert.Throws<ObjectDisposedException>(() => memory.Address);
        Assert.Throws<ObjectDisposedException>(() => context.Allocate(64));
    }
}
