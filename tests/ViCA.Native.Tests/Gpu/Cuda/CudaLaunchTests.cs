using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

[Collection(StandInGroup.Name)]
public sealed class CudaLaunchTests
{
    private const string Ptx = ".version 8.0";

    // cuda.h of CUDA 12: CUlaunchConfig is 56 bytes, CUlaunchAttribute is 72 bytes.
    [Fact]
    public void Lays_StructuresOutAsTheHeaderSays()
    {
        Assert.Equal(56, Unsafe.SizeOf<LaunchConfiguration>());
        Assert.Equal(72, Unsafe.SizeOf<LaunchAttribute>());
    }

    [SkippableFact]
    public void Passes_ConfigurationAndArguments()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);
        CudaFunction kernel = module.GetFunction("kernel");
        byte[] arguments = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

        kernel.Launch(context.Stream, (5, 6, 7), (32, 2), 1024, arguments);

        StandInLaunch launch = Assert.Single(StandInDriver.Launches);
        Assert.Equal([5u, 6u, 7u], launch.Grid);
        Assert.Equal([32u, 2u, 1u], launch.Block);
        Assert.Equal(1024u, launch.DynamicSharedBytes);
        Assert.Equal(context.Stream.Value, launch.Stream);
        Assert.Equal(StandInDriver.FunctionHandle, launch.Function);
        Assert.Equal(arguments, launch.Arguments);
        Assert.Empty(launch.Attributes);
        Assert.Empty(StandInDriver.Attributes);
    }

    [SkippableFact]
    public void Passes_NoBlock_WhenThereAreNoArguments()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);

        module.GetFunction("kernel").Launch(context.Stream, 1, 32, 0, []);

        Assert.Null(Assert.Single(StandInDriver.Launches).Arguments);
    }

    [SkippableFact]
    public void Passes_Attributes()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);
        CudaLaunchOptions options = new((2, 1, 1), ProgrammaticDependent: true, Cooperative: true);

        module.GetFunction("kernel").Launch(context.Stream, 16, 128, 0, [], options);

        // CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION, …_PROGRAMMATIC_STREAM_SERIALIZATION, …_COOPERATIVE.
        Assert.Equal([(4, 2u, 1u, 1u), (6, 1u, 0u, 0u), (2, 1u, 0u, 0u)], StandInDriver.Launches[0].Attributes);
    }

    [SkippableFact]
    public void Asks_ForMuchSharedMemoryOnce()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);
        CudaFunction kernel = module.GetFunction("kernel");
        StandInDriver.Calls.Clear();

        kernel.Launch(context.Stream, 1, 32, 48 * 1024, []);
        kernel.Launch(context.Stream, 1, 32, 100_000, []);
        kernel.Launch(context.Stream, 1, 32, 90_000, []);

        Assert.Equal(
            ["cuLaunchKernelEx", "cuFuncSetAttribute", "cuLaunchKernelEx", "cuLaunchKernelEx"], StandInDriver.Calls);
        // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES
        Assert.Equal(100_000, Assert.Single(StandInDriver.Attributes, pair => pair.Key == 8).Value);
    }

    [SkippableFact]
    public void Asks_ForClustersThatNotEveryChipHas()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);

        module.GetFunction("kernel").Launch(context.Stream, 16, 128, 0, [], new CudaLaunchOptions((16, 1, 1)));

        // CU_FUNC_ATTRIBUTE_NON_PORTABLE_CLUSTER_SIZE_ALLOWED
        Assert.Equal(1, StandInDriver.Attributes[14]);
    }

    [SkippableFact]
    public void Reads_WhatTheDriverSaysAboutAKernel()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);
        CudaFunction kernel = module.GetFunction("kernel");

        // The stand-in's attributes are their own number plus 100.
        Assert.Equal((100, 101, 102, 103, 104), (
            kernel.MaxThreadsPerBlock, kernel.SharedBytes, kernel.ConstantBytes, kernel.LocalBytes, kernel.Registers));
        Assert.Equal(8 + 16, kernel.BlocksPerMultiprocessor(256, 16));
        Assert.Equal((0x7_0000_0000UL, 5L), module.GetGlobal("table"));
    }

    [SkippableFact]
    public void Says_ThatThereIsNoSuchKernel()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);

        CudaException missing = Assert.Throws<CudaException>(() => module.GetFunction("other"));

        Assert.Equal("cuModuleGetFunction: sentence 500 (CUDA_ERROR_NOT_FOUND, 500)", missing.Message);
    }

    [SkippableFact]
    public void Records_AGraph()
    {
        using CudaContext context = StandInDriver.Open();
        using CudaModule module = context.Load(Ptx);
        CudaFunction kernel = module.GetFunction("kernel");
        StandInDriver.Calls.Clear();

        using (CudaGraph graph = context.Stream.Capture(() => kernel.Launch(context.Stream, 1, 32, 0, [])))
        {
            graph.Launch(context.Stream);
            graph.Launch(context.Stream);
        }

        Assert.Equal(
            [
                "cuStreamBeginCapture", "cuLaunchKernelEx", "cuStreamEndCapture", "cuGraphInstantiateWithFlags",
                "cuGraphDestroy", "cuGraphLaunch", "cuGraphLaunch", "cuGraphExecDestroy",
            ],
            StandInDriver.Calls);
    }

    [SkippableFact]
    public void Ends_ARecordingThatFails()
    {
        using CudaContext context = StandInDriver.Open();

        Assert.Throws<InvalidDataException>(() => context.Stream.Capture(() => throw new InvalidDataException()));

        Assert.Equal(["cuStreamBeginCapture", "cuStreamEndCapture", "cuGraphDestroy"], StandInDriver.Calls);
    }

    [SkippableFact]
    public void Encodes_ATensorMap()
    {
        using CudaContext context = StandInDriver.Open();
        byte[] encoded = new byte[TensorMap.EncodedBytes];
        TensorMap map = new(
            TensorMapElement.BFloat16,
            0x7f00_0000_1000,
            [3584, 1000, 2],
            [7168, 7_168_000],
            [64, 128, 1],
            [1, 1, 1],
            Swizzle: TensorMapSwizzle.Bytes128,
            Promotion: TensorMapPromotion.Bytes256,
            Fill: TensorMapFill.NaN);

        map.Encode(encoded);

        Assert.Equal(
            "type 9, address 7f0000001000, dimensions 3584x1000x2, strides 7168x7168000, box 64x128x1, steps 1x1x1, "
                + "interleave 0, swizzle 3, promotion 3, fill 1",
            StandInDriver.TensorMapArguments);
        Assert.Equal([.. Enumerable.Range(0, 128).Select(i => (byte)i)], encoded);
        Assert.Throws<InvalidOperationException>(() => (map with { Box = [64, 128] }).Encode(encoded));
    }
}
