using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ViCA.Native.Media.Image;

/// <summary>
/// The two passes with 256-bit vectors. A weight of 24 bits is cut into a high part and 11 low bits, so that pmaddwd,
/// which multiplies 16-bit pairs and adds each pair, can take two taps at once; (high sum · 2^11) + low sum is the
/// exact sum.
/// </summary>
internal sealed unsafe class BicubicAvx2
{
    private const int LowBits = 11;
    private const int LowMask = (1 << LowBits) - 1;
    private const int TapsPerGroup = 4;
    private const int RowsAtOnce = 4;
    private const int LoadBytes = 16;
    private const int StoreBytes = 4;

    /// <summary>
    /// Of 12 bytes (4 pixels, in both lanes) as 16-bit pairs: lane 0 red, green and blue of pixels 0 and 1, lane 1
    /// those of pixels 2 and 3.
    /// </summary>
    private static readonly Vector256<byte> PairsOfPixels = Vector256.Create(
        0, 128, 3, 128, 1, 128, 4, 128, 2, 128, 5, 128, 128, 128, 128, 128,
        6, 128, 9, 128, 7, 128, 10, 128, 8, 128, 11, 128, 128, 128, 128, 128);

    private readonly BicubicWeights _across;
    private readonly BicubicWeights _down;
    private readonly Vector256<short>[] _acrossPairs;
    private readonly Vector256<short>[] _downPairs;
    private readonly int _acrossGroups;
    private readonly int _downGroups;

    internal BicubicAvx2(BicubicWeights across, BicubicWeights down)
    {
        _across = across;
        _down = down;
        _acrossGroups = (across.MaxTaps + TapsPerGroup - 1) / TapsPerGroup;
        _downGroups = (down.MaxTaps + 1) / 2;
        _acrossPairs = PairAcross(across, _acrossGroups);
        _downPairs = PairDown(down, _downGroups);
    }

    /// <summary>[rows, inputSize, 3] → [rows, outputSize, 3], both tightly packed.</summary>
    internal void Across(ReadOnlySpan<byte> rgb, Span<byte> output)
    {
        int inputRow = _across.InputSize * BicubicResize.Channels;
        int outputRow = _across.OutputSize * BicubicResize.Channels;
        int rows = output.Length / outputRow;

        // Whole vectors are read past the last pixel and written past it, so rows are worked on in padded copies.
        int inputStride = inputRow + (_acrossGroups * TapsPerGroup * BicubicResize.Channels) + LoadBytes;
        int outputStride = outputRow + StoreBytes;
        byte* scratch = (byte*)NativeMemory.AllocZeroed((nuint)RowsAtOnce, (nuint)(inputStride + outputStride));
        byte* scratchOutput = scratch + (RowsAtOnce * inputStride);
        try
        {
            for (int y = 0; y < rows; y += RowsAtOnce)
            {
                int count = Math.Min(RowsAtOnce, rows - y);
                for (int row = 0; row < count; row++)
                {
                    rgb.Slice((y + row) * inputRow, inputRow)
                        .CopyTo(new Span<byte>(scratch + (row * inputStride), inputRow));
                }
                AcrossFourRows(scratch, inputStride, scratchOutput, outputStride);
                for (int row = 0; row < count; row++)
                {
                    new ReadOnlySpan<byte>(scratchOutput + (row * outputStride), outputRow)
                        .CopyTo(output.Slice((y + row) * outputRow, outputRow));
                }
            }
        }
        finally
        {
            NativeMemory.Free(scratch);
        }
    }

    /// <summary>
    /// Output row <paramref name="y"/> from the rows that lie one after the other from its first tap on, each as long
    /// as the output. Returns how many bytes were done: whole vectors only.
    /// </summary>
    internal int Down(int y, ReadOnlySpan<byte> rows, Span<byte> output)
    {
        int end = output.Length / Vector256<byte>.Count * Vector256<byte>.Count;
        int taps = _down.Taps[y];
        ReadOnlySpan<Vector256<short>> pairs = _downPairs.AsSpan(y * _downGroups * 2, (taps + 1) / 2 * 2);
        fixed (byte* source = rows)
        fixed (byte* destination = output)
        {
            for (int i = 0; i < end; i += Vector256<byte>.Count)
                BlendColumns(source + i, output.Length, taps, pairs).Store(destination + i);
        }
        return end;
    }

    private static Vector256<short> Pair(int first, int second) =>
        Vector256.Create((second << 16) | (ushort)first).AsInt16();

    /// <summary>
    /// [outputSize, groups, 2]: high parts and low bits of four taps; see <see cref="PairsOfPixels"/>.
    /// </summary>
    private static Vector256<short>[] PairAcross(BicubicWeights weights, int groups)
    {
        Vector256<short>[] pairs = new Vector256<short>[weights.OutputSize * groups * 2];
        int[] taps = new int[groups * TapsPerGroup];
        for (int x = 0; x < weights.OutputSize; x++)
        {
            Array.Clear(taps);
            weights.Of(x).CopyTo(taps);
            for (int group = 0; group < groups; group++)
            {
                ReadOnlySpan<int> four = taps.AsSpan(group * TapsPerGroup, TapsPerGroup);
                int at = ((x * groups) + group) * 2;
                pairs[at] = Vector256.Create(
                    Pair(four[0] >> LowBits, four[1] >> LowBits).GetLower(),
                    Pair(four[2] >> LowBits, four[3] >> LowBits).GetLower());
                pairs[at + 1] = Vector256.Create(
                    Pair(four[0] & LowMask, four[1] & LowMask).GetLower(),
                    Pair(four[2] & LowMask, four[3] & LowMask).GetLower());
            }
        }
        return pairs;
    }

    /// <summary>[outputSize, groups, 2]: high parts and low bits of two taps, the same for all columns.</summary>
    private static Vector256<short>[] PairDown(BicubicWeights weights, int groups)
    {
        Vector256<short>[] pairs = new Vector256<short>[weights.OutputSize * groups * 2];
        int[] taps = new int[groups * 2];
        for (int y = 0; y < weights.OutputSize; y++)
        {
            Array.Clear(taps);
            weights.Of(y).CopyTo(taps);
            for (int group = 0; group < groups; group++)
            {
                (int first, int second) = (taps[2 * group], taps[(2 * group) + 1]);
                int at = ((y * groups) + group) * 2;
                pairs[at] = Pair(first >> LowBits, second >> LowBits);
                pairs[at + 1] = Pair(first & LowMask, second & LowMask);
            }
        }
        return pairs;
    }

    private void AcrossFourRows(byte* input, int inputStride, byte* output, int outputStride)
    {
        int[] first = _across.First;
        int groups = _acrossGroups;
        ref Vector256<short> weight = ref MemoryMarshal.GetArrayDataReference(_acrossPairs);
        Vector256<byte> shuffle = PairsOfPixels;
        for (int x = 0; x < first.Length; x++)
        {
            byte* pixels = input + (first[x] * BicubicResize.Channels);
            Vector256<int> high0 = default, high1 = default, high2 = default, high3 = default;
            Vector256<int> low0 = default, low1 = default, low2 = default, low3 = default;
            for (int group = 0; group < groups; group++)
            {
                Vector256<short> high = weight;
                Vector256<short> low = Unsafe.Add(ref weight, 1);
                weight = ref Unsafe.Add(ref weight, 2);
                Accumulate(pixels, shuffle, high, low, ref high0, ref low0);
                Accumulate(pixels + inputStride, shuffle, high, low, ref high1, ref low1);
                Accumulate(pixels + (2 * inputStride), shuffle, high, low, ref high2, ref low2);
                Accumulate(pixels + (3 * inputStride), shuffle, high, low, ref high3, ref low3);
                pixels += TapsPerGroup * BicubicResize.Channels;
            }
            Vector128<short> rows01 = Sse2.PackSignedSaturate(Finish(high0, low0), Finish(high1, low1));
            Vector128<short> rows23 = Sse2.PackSignedSaturate(Finish(high2, low2), Finish(high3, low3));
            Vector128<uint> bytes = Sse2.PackUnsignedSaturate(rows01, rows23).AsUInt32();
            byte* result = output + (x * BicubicResize.Channels);
            Unsafe.WriteUnaligned(result, bytes[0]);
            Unsafe.WriteUnaligned(result + outputStride, bytes[1]);
            Unsafe.WriteUnaligned(result + (2 * outputStride), bytes[2]);
            Unsafe.WriteUnaligned(result + (3 * outputStride), bytes[3]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        byte* pixels,
        Vector256<byte> shuffle,
        Vector256<short> high,
        Vector256<short> low,
        ref Vector256<int> highSum,
        ref Vector256<int> lowSum)
    {
        Vector256<short> values =
            Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(pixels), shuffle).AsInt16();
        highSum += Avx2.MultiplyAddAdjacent(values, high);
        lowSum += Avx2.MultiplyAddAdjacent(values, low);
    }

    /// <summary>Red, green, blue and a zero of one output pixel, not yet clamped to bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Finish(Vector256<int> high, Vector256<int> low)
    {
        Vector256<int> sum = (high << LowBits) + low;
        return (sum.GetLower() + sum.GetUpper() + Vector128.Create(BicubicWeights.Half)) >> BicubicWeights.FractionBits;
    }

    /// <summary>
    /// 32 bytes side by side. Unpacking and packing both work in lanes, so the order comes out right.
    /// </summary>
    private static Vector256<byte> BlendColumns(
        byte* source, int stride, int taps, ReadOnlySpan<Vector256<short>> pairs)
    {
        Vector256<int> high0 = default, high1 = default, high2 = default, high3 = default;
        Vector256<int> low0 = default, low1 = default, low2 = default, low3 = default;
        for (int tap = 0; tap < taps; tap += 2)
        {
            Vector256<short> high = pairs[tap];
            Vector256<short> low = pairs[tap + 1];
            Vector256<byte> even = Vector256.Load(source);
            Vector256<byte> odd = tap + 1 < taps ? Vector256.Load(source + stride) : Vector256<byte>.Zero;
            source += 2 * stride;
            Vector256<byte> left = Avx2.UnpackLow(even, odd);
            Vector256<byte> right = Avx2.UnpackHigh(even, odd);
            Vector256<short> values0 = Avx2.UnpackLow(left, Vector256<byte>.Zero).AsInt16();
            Vector256<short> values1 = Avx2.UnpackHigh(left, Vector256<byte>.Zero).AsInt16();
            Vector256<short> values2 = Avx2.UnpackLow(right, Vector256<byte>.Zero).AsInt16();
            Vector256<short> values3 = Avx2.UnpackHigh(right, Vector256<byte>.Zero).AsInt16();
            high0 += Avx2.MultiplyAddAdjacent(values0, high);
            high1 += Avx2.MultiplyAddAdjacent(values1, high);
            high2 += Avx2.MultiplyAddAdjacent(values2, high);
            high3 += Avx2.MultiplyAddAdjacent(values3, high);
            low0 += Avx2.MultiplyAddAdjacent(values0, low);
            low1 += Avx2.MultiplyAddAdjacent(values1, low);
            low2 += Avx2.MultiplyAddAdjacent(values2, low);
            low3 += Avx2.MultiplyAddAdjacent(values3, low);
        }
        Vector256<short> columns01 = Avx2.PackSignedSaturate(Round(high0, low0), Round(high1, low1));
        Vector256<short> columns23 = Avx2.PackSignedSaturate(Round(high2, low2), Round(high3, low3));
        return Avx2.PackUnsignedSaturate(columns01, columns23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Round(Vector256<int> high, Vector256<int> low) =>
        ((high << LowBits) + low + Vector256.Create(BicubicWeights.Half)) >> BicubicWeights.FractionBits;
}
