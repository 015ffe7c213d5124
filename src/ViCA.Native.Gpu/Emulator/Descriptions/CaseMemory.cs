namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>The buffers of a case in emulated memory, filled by their rules.</summary>
internal sealed class CaseMemory : IDisposable
{
    private readonly PtxCase _case;

    private readonly Dictionary<string, ulong> _addresses = [];

    public CaseMemory(PtxCase item)
    {
        _case = item;
        foreach ((string name, PtxBuffer buffer) in item.Buffers)
        {
            ulong address = Memory.Allocate(buffer.Bytes);
            _addresses.Add(name, address);
            if (buffer.Init is not null)
                Memory.Write(address, buffer.Init.Fill(buffer.Type, buffer.Length));
        }
    }

    public EmulatedMemory Memory { get; } = new();

    public ulong Address(string buffer) => _addresses[buffer];

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

    public void Dispose() => Memory.Dispose();

    private BufferContent Content(string name)
    {
        PtxBuffer buffer = _case.Buffers[name];
        byte[] bytes = new byte[buffer.Bytes];
        Memory.Read(_addresses[name], bytes);
        return new BufferContent(buffer.Type, bytes);
    }
}
