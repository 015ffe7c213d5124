using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Kernels;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>
/// Runs cases on a device and compares them: a GPU with the emulator of the same PTX, or at the model's shapes with the
/// CPU path; the emulator, which checks meanwhile, with the CPU path.
/// </summary>
internal sealed class CaseRunner : IDisposable
{
    /// <summary>Launches that are timed, after the first one, whose results are compared.</summary>
    private const int TimedLaunches = 11;

    private readonly GpuDevice _device;
    private readonly EmulatedDevice? _emulator;
    private readonly CpuExecutor _cpu = new(0);
    private readonly Dictionary<string, bool> _approximates = [];

    /// <param name="device">Where the kernels run; this object owns it.</param>
    public CaseRunner(GpuDevice device)
    {
        _device = device;
        _emulator = device is EmulatedDevice ? null : new EmulatedDevice(device.Target);
    }

    /// <summary>On the emulator, which looks for races, wrong accesses and misuse of barriers.</summary>
    public static CaseRunner OnEmulator() => new(new EmulatedDevice(GpuTarget.Sm80, EmulatorMode.Check));

    /// <summary>Runs a case; what the device or its compiler refuses is a result, too.</summary>
    public CaseResult Run(KernelCase item)
    {
        try
        {
            return Compare(item);
        }
        catch (VicaException failure)
        {
            bool isFault = failure.Code is ErrorCodes.DeviceFault or ErrorCodes.DeviceLost;
            return CaseResult.Failed(item.Name, $"[{failure.Code}] {failure.Message}", isFault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cpu.Dispose();
        _emulator?.Dispose();
        _device.Dispose();
    }

    private CaseResult Compare(KernelCase item)
    {
        using Workspace scratch = new(_device);
        using CaseTensors tensors = new(new OpContext(_cpu, scratch));
        Action run = item.Prepare(tensors);
        List<KernelProfile> launches = Launch(run);
        IReadOnlyList<CaseOutput> actual = tensors.Read();
        IReadOnlyList<KernelTiming> timings = Time(run, launches);

        bool isEmulated = _emulator is not null && !item.IsModelSize;
        IReadOnlyList<CaseOutput> expected = Reference(item, isEmulated ? _emulator : null);
        bool isExact = isEmulated
            ? !launches.Exists(profile => Approximates(profile.Kernel))
            : item.Roundings == 0 && !(item.IsModelSize && launches.Exists(profile => Approximates(profile.Kernel)));
        CaseComparison comparison = CaseComparison.Of(actual, expected, isExact ? 0 : Math.Max(item.Roundings, 1));
        return new CaseResult(
            item.Name,
            comparison.Passed,
            isEmulated ? "emulator" : "cpu",
            isExact,
            comparison.Largest,
            timings,
            item.Bytes ?? tensors.Bytes,
            item.Operations,
            comparison.Message,
            EndsWorker: false);
    }

    private IReadOnlyList<CaseOutput> Reference(KernelCase item, EmulatedDevice? emulator)
    {
        using Workspace scratch = new(emulator);
        using CaseTensors tensors = new(new OpContext(_cpu, scratch));
        item.Prepare(tensors)();
        return tensors.Read();
    }

    /// <summary>Runs the op once; its launches.</summary>
    private List<KernelProfile> Launch(Action run)
    {
        List<KernelProfile> launches = [];
        _device.Profiled = launches.Add;
        try
        {
            run();
        }
        finally
        {
            _device.Profiled = null;
        }

        return launches;
    }

    /// <summary>The launches with the medians of those that follow; without times where the device has none.</summary>
    private IReadOnlyList<KernelTiming> Time(Action run, List<KernelProfile> first)
    {
        if (first.Exists(profile => profile.Milliseconds is null))
            return [.. first.Select(profile => new KernelTiming(profile.Kernel, null, null, null, null))];
        List<KernelProfile>[] runs = [.. Enumerable.Range(0, TimedLaunches).Select(_ => Launch(run))];
        return
        [
            .. first.Select((profile, launch) => new KernelTiming(
                profile.Kernel,
                1e3 * runs.Select(other => (double)other[launch].Milliseconds!).Order().ElementAt(TimedLaunches / 2),
                profile.Registers,
                profile.LocalBytes,
                profile.SharedBytes)),
        ];
    }

    /// <summary>Whether an instruction of the kernel has results that the PTX ISA leaves open.</summary>
    private bool Approximates(string name)
    {
        if (!_approximates.TryGetValue(name, out bool approximates))
        {
            Type kernel = KernelCatalog.Of(KernelLibrary.Assembly).Single(type => KernelCatalog.NameOf(type) == name);
            string ptx = KernelCompiler.Compile(kernel, _device.Target).Ptx;
            approximates = ptx.Contains(".approx", StringComparison.Ordinal);
            _approximates.Add(name, approximates);
        }

        return approximates;
    }
}
