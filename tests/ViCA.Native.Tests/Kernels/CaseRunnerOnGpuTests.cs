using System.Runtime.InteropServices;
using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Gpu.Cuda;
using ViCA.Native.Tests.Gpu.Cuda;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The calls that a check makes of the driver, and what becomes of its failures. It proves nothing of a GPU.</summary>
[Collection(StandInGroup.Name)]
public sealed unsafe class CaseRunnerOnGpuTests
{
    private const string Name = "Convert/BF16-F32/3x127";

    private static readonly KernelCase Convert = KernelCases.Small.Single(item => item.Name == Name);

    [SkippableFact]
    public void WhatEqualsTheEmulator_Passes_WithMediansOfEvents()
    {
        using CaseRunner runner = Open();
        StandInDriver.OnLaunch = Widen;

        CaseResult result = runner.Run(Convert);

        Assert.True(result.Passed, result.Message);
        Assert.Equal(("emulator", true), (result.Reference, result.Exact));
        // The stand-in's attributes are their own number plus 100; its events are made one after the other, a unit apart.
        Assert.Equal([new KernelTiming("Convert<bf16, fp32, 1>", 1000, 104, 103, 101)], result.Kernels);
        Assert.Equal(3 * 127 * (2 + 4), result.Bytes);
        Assert.Equal(12, StandInDriver.Launches.Count);
    }

    [SkippableFact]
    public void ALaunch_StandsBetweenItsEvents()
    {
        using CaseRunner runner = Open();

        runner.Run(Convert);

        string[] calls = [.. StandInDriver.Calls.SkipWhile(call => call != "cuModuleGetFunction")
            .Where(call => call != "cuFuncGetAttribute").Take(9)];
        Assert.Equal(
            [
                "cuModuleGetFunction", "cuEventCreate", "cuEventCreate", "cuEventRecord", "cuLaunchKernelEx", "cuEventRecord",
                "cuEventSynchronize", "cuEventElapsedTime", "cuEventDestroy",
            ],
            calls);
    }

    [SkippableFact]
    public void AKernelThatWritesNothing_Fails()
    {
        using CaseRunner runner = Open();

        CaseResult result = runner.Run(Convert);

        Assert.False(result.Passed);
        Assert.StartsWith("output 0: [0] is NaN (expected ", result.Message, StringComparison.Ordinal);
        Assert.EndsWith("381 of 381 differ", result.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void AFault_IsRecorded_AndEndsTheWorker()
    {
        using CaseRunner runner = Open();
        StandInDriver.Failures["cuEventSynchronize"] = StandInDriver.IllegalAddress;

        CaseResult result = runner.Run(Convert);

        Assert.True(result.EndsWorker);
        Assert.Equal(
            "[device_fault] cuEventSynchronize: sentence 700 (CUDA_ERROR_ILLEGAL_ADDRESS, 700); the last kernel launched was "
            + "'Convert_bf16_fp32_1'",
            result.Message);
    }

    [SkippableFact]
    public void ARefusalOfTheCompiler_IsRecorded_AndTheNextCaseRuns()
    {
        using CaseRunner runner = Open();
        StandInDriver.LinkerWorks = false;
        StandInDriver.Failures["cuModuleLoadDataEx"] = StandInDriver.InvalidPtx;
        CaseResult refused = runner.Run(Convert);
        StandInDriver.Failures.Clear();
        StandInDriver.OnLaunch = Widen;

        CaseResult next = runner.Run(Convert);

        Assert.StartsWith("[cuda_error] cuModuleLoadDataEx: ", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.EndsWorker);
        Assert.True(next.Passed, next.Message);
    }

    private static CaseRunner Open()
    {
        CudaContext context = StandInDriver.Open();
        StandInDriver.Entry = null;
        return new CaseRunner(new CudaDevice(context));
    }

    /// <summary>What the kernel does: its arguments are two addresses and a count.</summary>
    private static void Widen(StandInLaunch launch)
    {
        ReadOnlySpan<ulong> addresses = MemoryMarshal.Cast<byte, ulong>(launch.Arguments.AsSpan(0, 16));
        int count = BitConverter.ToInt32(launch.Arguments!, 16);
        for (int i = 0; i < count; i++)
            ((float*)addresses[1])[i] = ((BFloat16*)addresses[0])[i];
    }
}
