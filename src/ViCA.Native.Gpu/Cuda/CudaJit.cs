using System.Text;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>PTX to loaded code, through the driver's compiler or the cache of what it made before.</summary>
internal static unsafe class CudaJit
{
    /// <summary>Loads <paramref name="ptx"/> into the current context.</summary>
    /// <exception cref="CudaException">The driver's compiler refuses it; its log says why.</exception>
    internal static CudaModule Load(PrimaryContext context, string ptx, string key, CubinCache? cache)
    {
        if (cache?.Find(key) is { } kept)
        {
            using JitLog log = new();
            nint module;
            fixed (byte* image = kept.Cubin)
            {
                if (TryLoad(image, log, &module) == CudaResult.Success)
                    return new CudaModule(context, module, kept.Log, fromCache: true);
            }

            cache.Remove(key);
        }

        byte[] text = Encoding.UTF8.GetBytes(ptx + '\0');
        if (cache is not null && Link(text) is { } linked)
        {
            cache.Add(key, linked);
            using JitLog log = new();
            nint module;
            fixed (byte* image = linked.Cubin)
                CudaCheck.Ok(TryLoad(image, log, &module), nameof(CudaDriver.cuModuleLoadDataEx), log);
            return new CudaModule(context, module, linked.Log, fromCache: false);
        }

        return LoadText(context, text);
    }

    private static CudaModule LoadText(PrimaryContext context, byte[] ptx)
    {
        using JitLog log = new();
        nint module;
        fixed (byte* image = ptx)
            CudaCheck.Ok(TryLoad(image, log, &module), nameof(CudaDriver.cuModuleLoadDataEx), log);
        return new CudaModule(context, module, log.Info, fromCache: false);
    }

    private static int TryLoad(byte* image, JitLog log, nint* module) =>
        CudaDriver.cuModuleLoadDataEx(module, image, JitLog.OptionCount, log.Options, log.Values);

    /// <summary>
    /// The machine code itself, which only the linker gives away; null when it fails. Loading the PTX then says why,
    /// or succeeds: a linker may know fewer targets than the loader.
    /// </summary>
    private static CachedCubin? Link(byte[] ptx)
    {
        using JitLog log = new();
        nint state;
        if (CudaDriver.cuLinkCreate(JitLog.OptionCount, log.Options, log.Values, &state) != CudaResult.Success)
            return null;
        try
        {
            fixed (byte* data = ptx)
            fixed (byte* name = "kernel.ptx\0"u8)
            {
                int added = CudaDriver.cuLinkAddData(
                    state, JitInput.Ptx, data, (nuint)ptx.Length, name, 0, null, null);
                if (added != CudaResult.Success)
                    return null;
            }

            void* cubin;
            nuint bytes;
            return CudaDriver.cuLinkComplete(state, &cubin, &bytes) == CudaResult.Success
                ? new CachedCubin(new ReadOnlySpan<byte>(cubin, (int)bytes).ToArray(), log.Info)
                : null;
        }
        finally
        {
            CudaCheck.Ok(CudaDriver.cuLinkDestroy(state));
        }
    }
}
