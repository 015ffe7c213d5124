using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Tensors;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>The tensors of one case where its op runs: the same values on every device.</summary>
internal sealed class CaseTensors(OpContext context) : IDisposable
{
    private readonly Workspace _memory = context.NewWorkspace();
    private readonly List<RotaryTable> _tables = [];
    private readonly List<Tensor> _outputs = [];
    private ulong _random;
    private int? _answer;

    /// <summary>Where the op runs.</summary>
    public OpContext Context => context;

    /// <summary>Bytes of all tensors, each input read once and each output written once.</summary>
    public long Bytes { get; private set; }

    /// <summary>Uniform in [-scale, scale), rounded to the type.</summary>
    public Tensor Input(DType dtype, int rows, int columns, float scale = 1)
    {
        Tensor tensor = Take(dtype, rows, columns);
        byte[]? staging = context.Device is null ? null : new byte[tensor.ByteLength];
        Fill(dtype, staging ?? tensor.Bytes, scale);
        if (staging is not null)
            tensor.CopyFrom(staging);
        return tensor;
    }

    /// <summary>An input that the op overwrites with a result.</summary>
    public Tensor InputOutput(DType dtype, int rows, int columns, float scale = 1)
    {
        Tensor tensor = Input(dtype, rows, columns, scale);
        _outputs.Add(tensor);
        Bytes += tensor.ByteLength;
        return tensor;
    }

    /// <summary>A result: NaN until it is written, or unwritten where the emulator itself looks for reads of such.</summary>
    public Tensor Output(DType dtype, int rows, int columns)
    {
        Tensor tensor = Take(dtype, rows, columns);
        _outputs.Add(tensor);
        if (context.Device is not EmulatedDevice)
        {
            byte[] poison = new byte[tensor.ByteLength];
            Array.Fill(poison, byte.MaxValue);
            tensor.CopyFrom(poison);
        }

        return tensor;
    }

    /// <summary>The angles of positions 0 … <paramref name="positions"/>.</summary>
    public RotaryTable Rotary(int headDim, int positions, DType precision)
    {
        RotaryTable table = new(headDim, positions, 1e6, precision, context.Device);
        _tables.Add(table);
        Bytes += (long)positions * headDim * sizeof(float);
        return table;
    }

    /// <summary>Random bytes on the host.</summary>
    public byte[] HostBytes(int length)
    {
        byte[] bytes = new byte[length];
        Bytes += length;
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)(Next() * 256);
        return bytes;
    }

    /// <summary>The result of an op that returns a number.</summary>
    public void Answer(int value) => _answer = value;

    /// <summary>Copies of the results on the host, in the order in which they were made.</summary>
    public IReadOnlyList<CaseOutput> Read()
    {
        List<CaseOutput> outputs = [];
        foreach (Tensor tensor in _outputs)
        {
            byte[] bytes = new byte[tensor.ByteLength];
            tensor.CopyTo(bytes);
            outputs.Add(new CaseOutput(tensor.DType, bytes));
        }

        if (_answer is { } answer)
            outputs.Add(new CaseOutput(DType.F32, BitConverter.GetBytes((float)answer)));
        return outputs;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RotaryTable table in _tables)
            table.Dispose();
        _memory.Dispose();
    }

    private Tensor Take(DType dtype, int rows, int columns)
    {
        Tensor tensor = _memory.Take(dtype, rows, columns);
        Bytes += tensor.ByteLength;
        return tensor;
    }

    private void Fill(DType dtype, Span<byte> bytes, float scale)
    {
        if (dtype == DType.F32)
        {
            foreach (ref float value in MemoryMarshal.Cast<byte, float>(bytes))
                value = (Next() * 2 - 1) * scale;
            return;
        }

        foreach (ref BFloat16 value in MemoryMarshal.Cast<byte, BFloat16>(bytes))
            value = (BFloat16)((Next() * 2 - 1) * scale);
    }

    // SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere, fast enough for a gigabyte.
    private float Next()
    {
        ulong z = _random += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }
}
