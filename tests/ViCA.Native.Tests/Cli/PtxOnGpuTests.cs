using System.Runtime.InteropServices;
using ViCA.Native.Cli.Running;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Cuda;
using ViCA.Native.Gpu.Emulator.Descriptions;
using ViCA.Native.Tests.Emulator;
using ViCA.Native.Tests.Gpu.Cuda;

namespace ViCA.Native.Tests.Cli;

/// <summary>The calls that `vica ptx run --device cuda` makes of the driver. It proves nothing of a GPU.</summary>
[Collection(StandInGroup.Name)]
public sealed unsafe class PtxOnGpuTests
{
    [SkippableFact]
    public void WhatTheDescriptionExpects_Passes()
    {
        using CudaDevice gpu = Open();
        StandInDriver.OnLaunch = Saxpy;

        List<PtxCaseResult> results = Run("saxpy", gpu);

        Assert.Equal([true, true], results.Select(result => result.Passed));
        Assert.Equal([[8u, 1u, 1u], [1u, 1u, 1u]], StandInDriver.Launches.Select(launch => launch.Grid));
        Assert.Equal([[128u, 1u, 1u], [128u, 1u, 1u]], StandInDriver.Launches.Select(launch => launch.Block));
    }

    [SkippableFact]
    public void ADifference_IsNamed_AndFails()
    {
        using CudaDevice gpu = Open();

        PtxCaseResult result = Run("saxpy", gpu)[0];

        Assert.True(result.Failed);
        Assert.Equal(("y", 0), (result.Outputs[0].Buffer, result.Outputs[0].FirstDifference!.Index));
    }

    [SkippableFact]
    public void AFault_IsTheResult_AndWhatComesBehindIsNotRun()
    {
        using CudaDevice gpu = Open();
        StandInDriver.OnLaunch = _ => StandInDriver.Failures["cuStreamSynchronize"] = StandInDriver.IllegalAddress;

        List<PtxCaseResult> results = Run("saxpy", gpu);

        Assert.Equal("device_fault", results[0].Refusal!.Code);
        Assert.Contains("the last kernel launched was 'saxpy'", results[0].Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("the fault of n1000 spoilt the GPU for this process", results[1].NotRun);
        Assert.Equal([true, false], results.Select(result => result.Failed));
    }

    [SkippableFact]
    public void APlantedDefect_IsNotRun()
    {
        using CudaDevice gpu = Open();

        PtxCaseResult result = Assert.Single(Run("broken_missing_bar", gpu));

        Assert.Equal("it holds a planted defect, which only the emulator can look for", result.NotRun);
        Assert.False(result.Failed);
        Assert.Empty(StandInDriver.Launches);
    }

    [SkippableFact]
    public void PtxOfAnotherChip_IsNotRun()
    {
        using CudaDevice gpu = Open((8, 6));

        List<PtxCaseResult> results = Run("bf16_add", gpu);

        Assert.Equal(
            ["Stand-in 7 does not run PTX for sm_90a"],
            results.Select(result => result.NotRun).Where(reason => reason is not null).Distinct());
        Assert.All(results, result => Assert.Equal(result.Target == GpuTarget.Sm90a, result.NotRun is not null));
    }

    private static CudaDevice Open((int Major, int Minor)? capability = null)
    {
        string path = StandInDriver.Reset();
        StandInDriver.Entry = null;
        StandInDriver.ComputeCapability = capability ?? (9, 0);
        Assert.True(CudaContext.TryCreate(path, 0, null, out CudaContext? context, out string reason), reason);
        return new CudaDevice(context);
    }

    private static List<PtxCaseResult> Run(string name, CudaDevice gpu)
    {
        PtxDescription description = PtxFixtures.Load(name);
        (PtxCase, GpuTarget)[] all =
            [.. description.Cases.SelectMany(item => description.Sources.Keys.Select(target => (item, target)))];
        return PtxGpuRun.Run(description, all, gpu, CancellationToken.None);
    }

    /// <summary>What the kernel does: n and a in 4 bytes each, then the addresses of x and y.</summary>
    private static void Saxpy(StandInLaunch launch)
    {
        int n = BitConverter.ToInt32(launch.Arguments!, 0);
        float a = BitConverter.ToSingle(launch.Arguments!, 4);
        ReadOnlySpan<ulong> addresses = MemoryMarshal.Cast<byte, ulong>(launch.Arguments.AsSpan(8, 16));
        float* x = (float*)addresses[0], y = (float*)addresses[1];
        for (int i = 0; i < n; i++)
            y[i] = MathF.FusedMultiplyAdd(a, x[i], y[i]);
    }
}
