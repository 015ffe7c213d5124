using System.Runtime.InteropServices;
using System.Text;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// Options for the driver's compiler that make it keep a log, and the memory that the log goes to. Must outlive the
/// link state that it is given to.
/// </summary>
internal sealed unsafe class JitLog : IDisposable
{
    internal const uint OptionCount = 6;

    /// <summary>What is set, for the key of the cache.</summary>
    internal const string OptionText = "verbose line-info";

    private const int LogBytes = 64 * 1024;

    private readonly byte* _info = (byte*)NativeMemory.AllocZeroed(LogBytes);
    private readonly byte* _error = (byte*)NativeMemory.AllocZeroed(LogBytes);
    private readonly JitOption* _options = (JitOption*)NativeMemory.Alloc(OptionCount, sizeof(JitOption));
    private readonly nint* _values = (nint*)NativeMemory.Alloc(OptionCount, (nuint)sizeof(nint));

    internal JitLog()
    {
        ReadOnlySpan<JitOption> options =
        [
            JitOption.InfoLog, JitOption.InfoLogBytes, JitOption.ErrorLog, JitOption.ErrorLogBytes,
            JitOption.LogVerbose, JitOption.GenerateLineInfo,
        ];
        // Numbers stand in the array itself, as if they were pointers.
        ReadOnlySpan<nint> values = [(nint)_info, LogBytes, (nint)_error, LogBytes, 1, 1];
        options.CopyTo(new Span<JitOption>(_options, (int)OptionCount));
        values.CopyTo(new Span<nint>(_values, (int)OptionCount));
    }

    internal JitOption* Options => _options;

    internal nint* Values => _values;

    internal string Info => Text(_info);

    internal string Error => Text(_error);

    public void Dispose()
    {
        NativeMemory.Free(_info);
        NativeMemory.Free(_error);
        NativeMemory.Free(_options);
        NativeMemory.Free(_values);
    }

    // The driver writes back how much it filled, but not in every version; the zero at the end is always there.
    private static string Text(byte* log)
    {
        ReadOnlySpan<byte> all = new(log, LogBytes);
        int length = all.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? all : all[..length]).TrimEnd();
    }
}
