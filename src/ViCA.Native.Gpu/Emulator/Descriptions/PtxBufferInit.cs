using System.Buffers.Binary;

namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>How a buffer is filled before the launch: one rule of the format.</summary>
internal abstract record PtxBufferInit
{
    /// <summary>The contents of a buffer.</summary>
    public byte[] Fill(PtxElementType type, int length)
    {
        int size = type.Size();
        byte[] content = new byte[(long)length * size];
        Span<byte> pattern = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(pattern, Element(type, i));
            pattern[..size].CopyTo(content.AsSpan(i * size));
        }
        return content;
    }

    /// <summary>The pattern of one element.</summary>
    protected abstract ulong Element(PtxElementType type, int index);

    /// <summary>The high bits of a random number.</summary>
    private static ulong HighBits(PtxElementType type, ulong random) => random >> (64 - type.Bits());

    /// <summary>Evenly distributed between -amplitude and amplitude.</summary>
    public sealed record Uniform(ulong Seed, double Amplitude) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index)
        {
            double unit = (SplitMix.At(Seed, index) >> 40) / 16777216.0;
            return type.FromDouble((2 * unit - 1) * Amplitude);
        }
    }

    /// <summary>Random patterns.</summary>
    public sealed record RandomBits(ulong Seed) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index) => HighBits(type, SplitMix.At(Seed, index));
    }

    /// <summary>Random integers from <paramref name="Low"/> on.</summary>
    public sealed record IntegerRange(ulong Seed, long Low, uint Count) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index) =>
            type.FromInteger(Low + (long)((SplitMix.At(Seed, index) >> 32) % Count));
    }

    /// <summary>Special patterns mixed with random ones, half and half.</summary>
    public sealed record Mix(ulong Seed, IReadOnlyList<ulong> Patterns) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index)
        {
            ulong random = SplitMix.At(Seed, index);
            return (random & 1) != 0
                ? Patterns[(int)((random >> 32) % (ulong)Patterns.Count)]
                : HighBits(type, random);
        }
    }

    /// <summary>One pattern everywhere.</summary>
    public sealed record Constant(ulong Pattern) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index) => Pattern;
    }

    /// <summary>Patterns one by one.</summary>
    public sealed record Listed(IReadOnlyList<ulong> Patterns) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index) => Patterns[index];
    }

    /// <summary>An arithmetic sequence.</summary>
    public sealed record Sequence(double Start, double Step) : PtxBufferInit
    {
        protected override ulong Element(PtxElementType type, int index)
        {
            return type.IsFloat()
                ? type.FromDouble(Start + index * Step)
                : type.FromInteger((long)Start + index * (long)Step);
        }
    }
}
