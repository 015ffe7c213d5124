namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>The buffers of a case in the memory of a device, filled by their rules.</summary>
internal sealed class CaseMemory : IDisposable
{
    private readonly GpuDevice _device;

    private readonly PtxCase _case;

    private readonly Dictionary<string, GpuBuffer> _buffers = [];

    public CaseMemory(GpuDevice device, PtxCase item)
    {
        _device = device;
        _case = item;
        foreach ((string name, PtxBuffer buffer) in item.Buffers)
        {
            GpuBuffer memory = device.Allocate(buffer.Bytes);
            _buffers.Add(name, memory);
            if (buffer.Init is not null)
                device.CopyToDevice(buffer.Init.Fill(buffer.Type, buffer.Length), memory.Address);
        }
    }

    public ulong Address(string buffer) => _buffers[buffer].Address;

    /// <summary>Compares a buffer with what it must hold.</summary>
    /// <exception cref="PtxDescriptionException">The file with the expected contents is not usable.</exception>
    public PtxOutputResult Compare(PtxDescription description, ExpectedBuffer expected)
    {
        PtxElementType type = _case.Buffers[expected.Buffer].Type;
        byte[] file = description.ReadFile(expected.File, expected.Sha256);
        int bytes = expected.Count * type.Size();
        if (file.Length != bytes)
            throw new PtxDescriptionException($"{expected.File}: {file.Length} bytes (expected {bytes})");
        return OutputComparison.Compare(expected, Content(expected.Buffer), new BufferContent(type, file), Content);
    }

    public void Dispose()
    {
        foreach (GpuBuffer buffer in _buffers.Values)
            buffer.Dispose();
    }

    private BufferContent Content(string name)
    {
        PtxBuffer buffer = _case.Buffers[name];
        byte[] bytes = new byte[buffer.Bytes];
        _device.CopyToHost(_buffers[name].Address, bytes);
        return new BufferContent(buffer.Type, bytes);
    }
}
