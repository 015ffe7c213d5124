namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>What a generated program starts from: a value of every type.</summary>
public readonly struct FuzzInput
{
    public long Long { get; init; }

    public ulong ULong { get; init; }

    public double Double { get; init; }

    public int Int { get; init; }

    public uint UInt { get; init; }

    public float Float { get; init; }

    public short Short { get; init; }

    public ushort UShort { get; init; }

    public sbyte SByte { get; init; }

    public byte Byte { get; init; }

    /// <summary>A warp's worth of inputs: small numbers, limits, special floats, and random bits.</summary>
    public static FuzzInput[] Warp()
    {
        const int Threads = 32;
        float[] floats = [0, -0f, 1, -1.5f, 1e-41f, 3.4e38f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        Random random = new(20260731);
        FuzzInput[] inputs = new FuzzInput[Threads];
        for (int i = 0; i < Threads; i++)
        {
            long bits = i switch
            {
                < 8 => i - 3,
                8 => long.MaxValue,
                9 => long.MinValue,
                10 => int.MaxValue,
                11 => int.MinValue,
                12 => uint.MaxValue,
                _ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
            };
            float real = i < floats.Length ? floats[i] : (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 10)));
            inputs[i] = new FuzzInput
            {
                Long = bits,
                ULong = (ulong)(bits * 3) ^ 0x5555,
                Double = i < floats.Length ? floats[^(i + 1)] : real * 1.000001,
                Int = (int)bits,
                UInt = (uint)(bits >> 7),
                Float = real,
                Short = (short)bits,
                UShort = (ushort)(bits >> 3),
                SByte = (sbyte)bits,
                Byte = (byte)(bits >> 2),
            };
        }

        return inputs;
    }
}
