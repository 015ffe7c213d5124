using System.Text;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>Loaded code: kernels and global variables, by name.</summary>
public sealed unsafe class CudaModule : CudaHandle
{
    internal CudaModule(PrimaryContext context, nint module, string jitLog, bool fromCache)
        : base(context, module)
    {
        JitLog = jitLog;
        FromCache = fromCache;
    }

    /// <summary>What the driver's compiler said: registers, spills, remarks. Kept with the code in the cache.</summary>
    public string JitLog { get; }

    /// <summary>Whether the machine code was in the cache.</summary>
    public bool FromCache { get; }

    /// <summary>The kernel named <paramref name="name"/> (`.entry` of the PTX), valid as long as this module.</summary>
    /// <exception cref="CudaException">There is none.</exception>
    public CudaFunction GetFunction(string name)
    {
        Context.MakeCurrent();
        nint function;
        fixed (byte* text = Terminated(name))
            CudaCheck.Ok(CudaDriver.cuModuleGetFunction(&function, this, text));
        return new CudaFunction(this, Context, function, name);
    }

    /// <summary>Address and size of the `.global` or `.const` variable named <paramref name="name"/>.</summary>
    /// <exception cref="CudaException">There is none.</exception>
    public (ulong Address, long Bytes) GetGlobal(string name)
    {
        Context.MakeCurrent();
        ulong address;
        nuint bytes;
        fixed (byte* text = Terminated(name))
            CudaCheck.Ok(CudaDriver.cuModuleGetGlobal(&address, &bytes, this, text));
        return (address, (long)bytes);
    }

    private static byte[] Terminated(string name) => Encoding.UTF8.GetBytes(name + '\0');

    private protected override int Release() => CudaDriver.cuModuleUnload(handle);
}
