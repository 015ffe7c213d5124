using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

[Collection(StandInGroup.Name)]
public sealed class CudaJitTests : IDisposable
{
    private const string Ptx = ".version 8.0 …";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vica-cubin-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public void Compiles_OncePerText()
    {
        using CudaContext context = StandInDriver.Open(new CubinCache(_folder.FullName));

        using CudaModule first = context.Load(Ptx);
        Assert.Equal(
            ["cuLinkCreate", "cuLinkAddData", "cuLinkComplete", "cuLinkDestroy", "cuModuleLoadDataEx"],
            StandInDriver.Calls);
        StandInDriver.Calls.Clear();
        using CudaModule second = context.Load(Ptx);

        Assert.Equal(["cuModuleLoadDataEx"], StandInDriver.Calls);
        Assert.Equal((false, true), (first.FromCache, second.FromCache));
        Assert.Equal(StandInDriver.InfoText, first.JitLog);
        Assert.Equal(StandInDriver.InfoText, second.JitLog);
    }

    [SkippableFact]
    public void Compiles_Again_ForAnotherDriver()
    {
        CubinCache cache = new(_folder.FullName);
        using (CudaContext context = StandInDriver.Open(cache))
            context.Load(Ptx).Dispose();

        string path = StandInDriver.Reset();
        StandInDriver.Version = 12_060;
        Assert.True(CudaContext.TryCreate(path, 0, cache, out CudaContext? updated, out _));
        using (updated)
        using (CudaModule module = updated.Load(Ptx))
            Assert.False(module.FromCache);
    }

    [SkippableFact]
    public void Compiles_Again_WhatTheDriverDoesNotTake()
    {
        using CudaContext context = StandInDriver.Open(new CubinCache(_folder.FullName));
        context.Load(Ptx).Dispose();
        File.WriteAllBytes(Assert.Single(_folder.GetFiles()).FullName, [1, 2, 3]);

        using (CudaModule damaged = context.Load(Ptx))
            Assert.False(damaged.FromCache);
        using (CudaModule remade = context.Load(Ptx))
            Assert.True(remade.FromCache);
        StandInDriver.RejectsCubins = true;
        StandInDriver.Failures["cuLinkCreate"] = StandInDriver.NotFound;
        using (CudaModule refused = context.Load(Ptx))
            Assert.False(refused.FromCache);
        Assert.Empty(_folder.GetFiles());
    }

    [SkippableFact]
    public void Loads_TheText_WhereTheLinkerFails()
    {
        using CudaContext context = StandInDriver.Open(new CubinCache(_folder.FullName));
        StandInDriver.LinkerWorks = false;

        using CudaModule module = context.Load(Ptx);

        Assert.Equal(["cuModuleLoadDataEx"], StandInDriver.Calls);
        Assert.Equal(StandInDriver.InfoText, module.JitLog);
        Assert.Empty(_folder.GetFiles());
    }

    [SkippableFact]
    public void Shows_WhatTheCompilerComplainsAbout()
    {
        using CudaContext context = StandInDriver.Open(new CubinCache(_folder.FullName));

        CudaException refused = Assert.Throws<CudaException>(() => context.Load("broken"));

        Assert.Equal(
            $"cuModuleLoadDataEx: sentence 218 (CUDA_ERROR_INVALID_PTX, 218); {StandInDriver.Complaint}",
            refused.Message);
        Assert.Equal(StandInDriver.Complaint, refused.Log);
        Assert.Contains("cuLinkDestroy", StandInDriver.Calls);
    }

    [SkippableFact]
    public void Says_ThatTheDriverIsOlderThanTheText()
    {
        using CudaContext context = StandInDriver.Open();
        StandInDriver.Failures["cuModuleLoadDataEx"] = 222;

        EnvironmentException old = Assert.Throws<EnvironmentException>(() => context.Load(Ptx));

        Assert.Equal(ErrorCodes.EnvCuda, old.Code);
        Assert.Equal(
            "cuModuleLoadDataEx: sentence 222 (CUDA_ERROR_222, 222); the driver supports CUDA 12.4: update it",
            old.Message);
    }

    [SkippableFact]
    public void Asks_ForALogAndLines()
    {
        using CudaContext context = StandInDriver.Open();

        context.Load(Ptx).Dispose();

        // CU_JIT_INFO_LOG_BUFFER to …_ERROR_LOG_BUFFER_SIZE_BYTES, CU_JIT_LOG_VERBOSE, CU_JIT_GENERATE_LINE_INFO.
        Assert.Equal([3, 4, 5, 6, 12, 13], StandInDriver.JitOptions.Keys.Order());
        Assert.Equal((65536, 65536, 1, 1), (
            StandInDriver.JitOptions[4],
            StandInDriver.JitOptions[6],
            StandInDriver.JitOptions[12],
            StandInDriver.JitOptions[13]));
    }
}
