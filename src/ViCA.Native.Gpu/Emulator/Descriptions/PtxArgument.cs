namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>One parameter of a launch, in the order of the entry's.</summary>
/// <param name="Name">Its name in the source, for messages.</param>
internal abstract record PtxArgument(string Name)
{
    /// <summary>Bytes of the parameter.</summary>
    public abstract int Size { get; }

    /// <summary>Writes the parameter's bytes; <paramref name="address"/> gives where a buffer lies.</summary>
    public abstract void Write(Span<byte> target, Func<string, ulong> address);

    /// <summary>The address of a buffer, moved by some bytes.</summary>
    public sealed record Pointer(string Name, string Buffer, long OffsetBytes) : PtxArgument(Name)
    {
        public override int Size => sizeof(ulong);

        public override void Write(Span<byte> target, Func<string, ulong> address) =>
            BitConverter.TryWriteBytes(target, address(Buffer) + (ulong)OffsetBytes);
    }

    /// <summary>A value: its exact bits.</summary>
    public sealed record Scalar(string Name, PtxElementType Type, ulong Pattern) : PtxArgument(Name)
    {
        public override int Size => Type.Size();

        public override void Write(Span<byte> target, Func<string, ulong> address)
        {
            Span<byte> pattern = stackalloc byte[sizeof(ulong)];
            BitConverter.TryWriteBytes(pattern, Pattern);
            pattern[..Size].CopyTo(target);
        }
    }

    /// <summary>A structure by value, with addresses of buffers at some offsets.</summary>
    public sealed record Structure(
        string Name, byte[] Content, IReadOnlyList<(int Offset, string Buffer)> Pointers) : PtxArgument(Name)
    {
        public override int Size => Content.Length;

        public override void Write(Span<byte> target, Func<string, ulong> address)
        {
            Content.CopyTo(target);
            foreach ((int offset, string buffer) in Pointers)
                BitConverter.TryWriteBytes(target[offset..], address(buffer));
        }
    }

    /// <summary>A tensor map of Hopper's copies, 128 bytes, of a buffer.</summary>
    public sealed record TensorMap(string Name, string Buffer) : PtxArgument(Name)
    {
        public override int Size => 128;

        /// <exception cref="PtxDescriptionException">Always: maps cannot be made yet.</exception>
        public override void Write(Span<byte> target, Func<string, ulong> address) =>
            throw new PtxDescriptionException($"parameter {Name}: tensor maps are not supported yet");
    }
}
