namespace ViCA.Native.Gpu.Cuda;

/// <summary>A kernel that is loaded, with what the driver says about it. Belongs to its module.</summary>
public sealed unsafe class CudaFunction
{
    // CU_LAUNCH_PARAM_… of cuda.h: keys in the list that ends with a zero.
    private const nint ParameterBuffer = 1;
    private const nint ParameterBytes = 2;

    private const int MostAttributes = 3;

    // What every device allows without being asked (CUDA C++ Programming Guide, compute capabilities).
    private const int DynamicSharedBytesUnasked = 48 * 1024;
    private const int PortableClusterBlocks = 8;

    private readonly CudaModule _module;
    private readonly PrimaryContext _context;
    private readonly nint _function;
    private int _dynamicSharedBytesAllowed = DynamicSharedBytesUnasked;
    private bool _largeClustersAllowed;

    internal CudaFunction(CudaModule module, PrimaryContext context, nint function, string name)
    {
        _module = module;
        _context = context;
        _function = function;
        Name = name;
        Registers = Attribute(FunctionAttribute.Registers);
        LocalBytes = Attribute(FunctionAttribute.LocalBytes);
        SharedBytes = Attribute(FunctionAttribute.SharedBytes);
        ConstantBytes = Attribute(FunctionAttribute.ConstantBytes);
        MaxThreadsPerBlock = Attribute(FunctionAttribute.MaxThreadsPerBlock);
    }

    /// <summary>The `.entry`'s name.</summary>
    public string Name { get; }

    /// <summary>32-bit registers per thread.</summary>
    public int Registers { get; }

    /// <summary>Local memory per thread in bytes: spills and stack; 0 in every kernel of ours.</summary>
    public int LocalBytes { get; }

    /// <summary>Static shared memory per block, in bytes.</summary>
    public int SharedBytes { get; }

    /// <summary>Constant memory of its own, in bytes.</summary>
    public int ConstantBytes { get; }

    /// <summary>The most threads that a block of it can have.</summary>
    public int MaxThreadsPerBlock { get; }

    /// <summary>
    /// Puts a launch into <paramref name="stream"/>. <paramref name="arguments"/> is the kernel's parameter space as
    /// the PTX lays it out: for our kernels the one structure, for others each parameter at the next multiple of its
    /// alignment. It is copied before this returns. Failures of the kernel itself show at the next wait.
    /// </summary>
    /// <exception cref="CudaException">The driver refuses the launch.</exception>
    public void Launch(
        CudaStream stream,
        Dim3 grid,
        Dim3 block,
        int dynamicSharedBytes,
        ReadOnlySpan<byte> arguments,
        CudaLaunchOptions options = default)
    {
        _context.MakeCurrent();
        ObjectDisposedException.ThrowIf(_module.IsClosed, _module);
        AllowDynamicShared(dynamicSharedBytes);
        LaunchAttribute* attributes = stackalloc LaunchAttribute[MostAttributes];
        LaunchConfiguration configuration = new()
        {
            GridX = (uint)grid.X,
            GridY = (uint)grid.Y,
            GridZ = (uint)grid.Z,
            BlockX = (uint)block.X,
            BlockY = (uint)block.Y,
            BlockZ = (uint)block.Z,
            DynamicSharedBytes = (uint)dynamicSharedBytes,
            Stream = stream.Value,
            Attributes = attributes,
            AttributeCount = Fill(attributes, options),
        };
        fixed (byte* buffer = arguments)
        {
            nuint bytes = (nuint)arguments.Length;
            void** extra = stackalloc void*[5]
            {
                (void*)ParameterBuffer, buffer, (void*)ParameterBytes, &bytes, null,
            };
            CudaCheck.Ok(CudaDriver.cuLaunchKernelEx(&configuration, _function, null, bytes == 0 ? null : extra));
        }

        _context.LastKernel = Name;
        GC.KeepAlive(stream);
        GC.KeepAlive(_module);
    }

    /// <summary>How many blocks of <paramref name="blockThreads"/> threads fit on one multiprocessor.</summary>
    public int BlocksPerMultiprocessor(int blockThreads, int dynamicSharedBytes)
    {
        _context.MakeCurrent();
        AllowDynamicShared(dynamicSharedBytes);
        int blocks;
        CudaCheck.Ok(CudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
            &blocks, _function, blockThreads, (nuint)dynamicSharedBytes));
        return blocks;
    }

    // Asked for only when it grows: the call may wait for the GPU.
    private void AllowDynamicShared(int bytes)
    {
        if (bytes <= _dynamicSharedBytesAllowed)
            return;
        CudaCheck.Ok(CudaDriver.cuFuncSetAttribute(_function, FunctionAttribute.MaxDynamicSharedBytes, bytes));
        _dynamicSharedBytesAllowed = bytes;
    }

    private uint Fill(LaunchAttribute* attributes, CudaLaunchOptions options)
    {
        uint count = 0;
        if (options.Cluster is { } cluster)
        {
            AllowCluster(cluster.Count);
            attributes[count++] = LaunchAttribute.Cluster(cluster);
        }

        if (options.ProgrammaticDependent)
            attributes[count++] = LaunchAttribute.Flag(LaunchAttributeId.ProgrammaticStreamSerialization);
        if (options.Cooperative)
            attributes[count++] = LaunchAttribute.Flag(LaunchAttributeId.Cooperative);
        return count;
    }

    private void AllowCluster(long blocks)
    {
        if (blocks <= PortableClusterBlocks || _largeClustersAllowed)
            return;
        CudaCheck.Ok(CudaDriver.cuFuncSetAttribute(_function, FunctionAttribute.NonPortableClusterSizeAllowed, 1));
        _largeClustersAllowed = true;
    }

    private int Attribute(FunctionAttribute attribute)
    {
        int value;
        CudaCheck.Ok(CudaDriver.cuFuncGetAttribute(&value, attribute, _function));
        return value;
    }
}
