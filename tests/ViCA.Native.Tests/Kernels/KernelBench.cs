using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Cpu;
using ViCA.Native.Tests.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The CPU and the emulator side by side: an op runs on both with the same tensors, and the results are compared.</summary>
internal sealed class KernelBench : IDisposable
{
    private readonly OpsBench _host = new();
    private readonly CpuExecutor _cpu = new(1);
    private readonly GpuDevice _device;
    private readonly Workspace _memory;

    /// <param name="device">Disposed with the bench; without one, the emulator in Check mode.</param>
    public KernelBench(GpuDevice? device = null)
    {
        _device = device ?? new EmulatedDevice(GpuTarget.Sm80, EmulatorMode.Check);
        _memory = new Workspace(_device);
        Device = new OpContext(_cpu, new Workspace(_device));
    }

    /// <summary>Where the CPU paths run.</summary>
    public OpContext Host => _host.Context;

    /// <summary>Where the kernels run.</summary>
    public OpContext Device { get; }

    public Tensor Random(DType dtype, int rows, int columns, float scale = 1) => _host.Random(dtype, rows, columns, scale);

    public Tensor Empty(DType dtype, int rows, int columns) => _host.Empty(dtype, rows, columns);

    /// <summary>A copy on the device.</summary>
    public Tensor Upload(Tensor host)
    {
        Tensor copy = _memory.Take(host.DType, host.Rows, host.Columns);
        copy.CopyFrom(host.Bytes);
        return copy;
    }

    /// <summary>New memory on the device.</summary>
    public Tensor EmptyOnDevice(DType dtype, int rows, int columns) => _memory.Take(dtype, rows, columns);

    public void Dispose()
    {
        _host.Dispose();
        _cpu.Dispose();
        Device.Workspace.Dispose();
        _memory.Dispose();
        _device.Dispose();
    }
}
