using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Tests.Emulator.Execution;

namespace ViCA.Native.Tests.Emulator;

/// <summary>
/// What the emulator does for a whole warp at once, against going lane by lane; run with the vectors that the machine
/// has, and in child processes with narrower ones. A check that fails throws <see cref="InvalidOperationException"/>.
/// </summary>
internal static class EmulatorChecks
{
    private static readonly uint[] Masks = [uint.MaxValue, 0x0000_1fff, 0xa5a5_f00f, 1u << 7];

    private static readonly Dictionary<string, Func<int, int, int>> Patterns = new()
    {
        ["consecutive"] = (lane, bytes) => lane * bytes,
        ["at one distance"] = (lane, _) => lane * 48,
        ["all the same"] = (_, _) => 64,
        ["backwards"] = (lane, bytes) => (WarpAccess.Lanes - 1 - lane) * bytes,
        ["scattered, two lanes to a place"] = (lane, _) => lane * 7 % 16 * 16,
        ["consecutive but for one"] = (lane, bytes) => lane == 9 ? 1024 : lane * bytes,
    };

    private static readonly float[] Floats =
    [
        0f, -0f, 1f, -1f, 3f, -7.5f, 1e-40f, -1e-40f, float.Epsilon, float.MaxValue, float.MinValue, 1.1754944e-38f,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, BitConverter.UInt32BitsToSingle(0xff80_0001),
        2147483648f, -2147483648f, 4294967296f, 0.999999f, 16777217f, 4e9f,
    ];

    public static IReadOnlyDictionary<string, Action> All { get; } = Build();

    private static Dictionary<string, Action> Build()
    {
        Dictionary<string, Action> checks = new()
        {
            ["div.rn"] = () => Binary<VectorFloats.Quotient>((a, b, flush) =>
                FloatRounding.Divide(a, b, RoundingMode.NearestEven, flush)),
            ["max.NaN"] = () => Binary<VectorFloats.MaximumOrNaN>((a, b, flush) =>
                FloatCompare.Max(a, b, flush, propagate: true)),
            ["min.NaN"] = () => Binary<VectorFloats.MinimumOrNaN>((a, b, flush) =>
                FloatCompare.Min(a, b, flush, propagate: true)),
            ["sqrt.rn"] = () => Unary<VectorFloats.SquareRoot>((a, flush) =>
                FloatRounding.Sqrt(a, RoundingMode.NearestEven, flush)),
            ["rcp.rn"] = () => Unary<VectorFloats.Reciprocal>((a, flush) =>
                FloatRounding.Reciprocal(a, RoundingMode.NearestEven, flush)),
            ["rsqrt.approx"] = () => Unary<VectorFloats.ReciprocalSqrt>(ApproximateMath.ReciprocalSqrt),
            ["ex2.approx"] = () => Unary<VectorFloats.Exp2>(ApproximateMath.Exp2),
            ["cvt.rzi.s32.f32"] = () => Compare(Floats, Convert<VectorConversions.SingleToSigned>, bits =>
                (uint)Conversion.FloatToInteger(Single(bits), RoundingMode.TowardZero, 32, true, false)),
            ["cvt.rzi.u32.f32"] = () => Compare(Floats, Convert<VectorConversions.SingleToUnsigned>, bits =>
                (uint)Conversion.FloatToInteger(Single(bits), RoundingMode.TowardZero, 32, false, false)),
            ["cvt.rn.f32.s32"] = () => Compare(
                Floats,
                bits => (uint)VectorConversions.SignedToSingle.Apply(Vector256.Create((int)bits))[0],
                bits => Conversion.IntegerToFloat<Float32Format>((ulong)(int)bits, true, RoundingMode.NearestEven)),
            ["cvt.rn.f32.u32"] = () => Compare(
                Floats,
                bits => VectorConversions.UnsignedToSingle.Apply(Vector256.Create(bits))[0],
                bits => Conversion.IntegerToFloat<Float32Format>(bits, false, RoundingMode.NearestEven)),
        };
        foreach (WarpAccess access in Accesses())
            checks.Add(access.ToString(), () => CheckAccess(access));
        return checks;
    }

    private static IEnumerable<WarpAccess> Accesses() =>
        from space in (string[])["global", "shared", "local"]
        from type in (string[])["u8", "s8", "u16", "s16", "u32", "s32", "b64"]
        from count in (int[])[1, 2, 4]
        from isWide in (bool[])[false, true]
        from isStore in (bool[])[false, true]
        let access = new WarpAccess(space, type, count, isWide, isStore)
        where access.BytesPerLane <= 16 && (isWide || access.ElementBytes < 8) && !(isStore && space == "local")
        select access;

    private static void CheckAccess(WarpAccess access)
    {
        using EmulatedMemory device = new();
        using EmulatedModule module = new(access.Parse(), device);
        foreach ((string pattern, Func<int, int, int> place) in Patterns)
        {
            ulong[] offsets =
                [.. Enumerable.Range(0, WarpAccess.Lanes).Select(lane => (ulong)place(lane, access.BytesPerLane))];
            foreach (uint mask in Masks)
            {
                (byte[] memory, ulong[] registers) = Random(access.IsWide);
                (byte[] expectedMemory, ulong[] expectedRegisters) = Random(access.IsWide);
                WarpAccess.Emulate(module, device, memory, registers, offsets, mask);
                access.Model(expectedMemory, expectedRegisters, offsets, mask);
                if (!memory.SequenceEqual(expectedMemory) || !registers.SequenceEqual(expectedRegisters))
                    throw new InvalidOperationException($"wrong bits for lanes 0x{mask:x8}, addresses {pattern}");
            }
        }
    }

    private static (byte[] Memory, ulong[] Registers) Random(bool isWide)
    {
        Random random = new(7);
        byte[] memory = new byte[WarpAccess.MemoryBytes];
        random.NextBytes(memory);
        ulong[] registers = new ulong[WarpAccess.Lanes * 4];
        for (int i = 0; i < registers.Length; i++)
            registers[i] = isWide ? (ulong)random.NextInt64() : (uint)random.NextInt64();
        return (memory, registers);
    }

    private static void Unary<TOperation>(Func<uint, bool, uint> scalar)
        where TOperation : struct, IVectorUnary<float>
    {
        Compare(Floats, Convert<TOperation>, a => scalar(a, false));
        Compare(Floats, Convert<VectorFloats.Flushed<TOperation>>, a => scalar(a, true));
    }

    private static void Binary<TOperation>(Func<uint, uint, bool, uint> scalar)
        where TOperation : struct, IVectorBinary<float>
    {
        foreach (float b in Floats)
        {
            uint bits = BitConverter.SingleToUInt32Bits(b);
            Vector256<float> second = Vector256.Create(b);
            Compare(
                Floats,
                a => TOperation.Apply(Vector256.Create(Single(a)), second).AsUInt32()[0],
                a => scalar(a, bits, false));
            Compare(
                Floats,
                a => VectorFloats.FlushedBinary<TOperation>.Apply(Vector256.Create(Single(a)), second).AsUInt32()[0],
                a => scalar(a, bits, true));
        }
    }

    private static uint Convert<TOperation>(uint bits)
        where TOperation : struct, IVectorUnary<float> =>
        TOperation.Apply(Vector256.Create(Single(bits))).AsUInt32()[0];

    private static void Compare(float[] values, Func<uint, uint> vector, Func<uint, uint> scalar)
    {
        foreach (float value in values)
        {
            uint bits = BitConverter.SingleToUInt32Bits(value);
            if (vector(bits) != scalar(bits))
            {
                throw new InvalidOperationException(
                    $"0x{bits:x8} gives 0x{vector(bits):x8} (expected 0x{scalar(bits):x8})");
            }
        }
    }

    private static float Single(uint bits) => BitConverter.UInt32BitsToSingle(bits);
}
