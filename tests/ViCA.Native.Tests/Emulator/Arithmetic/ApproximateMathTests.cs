using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Tests.Emulator.Arithmetic;

/// <summary>The approximate functions: within the ISA's bounds, special operands, vectors.</summary>
public sealed class ApproximateMathTests
{
    [Fact]
    public void Functions_AreWithinTheTablesBounds()
    {
        InstructionTable table = InstructionTable.Load("f32_ops", "approx");
        (ulong[] a, ulong[] b) = (table.Input("A"), table.Input("B"));
        table.Check((what, i) =>
        {
            string[] words = what.Split('.');
            uint x = (uint)a[i];
            if (words[0] is not ("ex2" or "tanh" or "sin" or "cos"))
                x = BitConverter.SingleToUInt32Bits(MathF.Abs(BitConverter.UInt32BitsToSingle(x)) + 0.0001f);
            return Compute(words, x, (uint)b[i]);
        });
    }

    [Fact]
    public void SpecialOperands_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("f32_ops", "approx_special");
        ulong[] a = table.Input("A");
        table.Check((what, i) => Compute(what.Split('.'), (uint)a[i], 0));
    }

    [Fact]
    public void Exp2_IsWithinOneUnit_AndExactForIntegers()
    {
        for (uint bits = 0; bits < 0x4316_0000; bits += 811) // up to 150, both signs
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            CheckExp2(x);
            CheckExp2(-x);
        }

        for (int exponent = -149; exponent < 128; exponent++)
            Assert.Equal(MathF.ScaleB(1, exponent), Exp2(exponent));

        static void CheckExp2(float x)
        {
            float expected = (float)Math.Pow(2, x);
            int distance = BitConverter.SingleToInt32Bits(Exp2(x)) - BitConverter.SingleToInt32Bits(expected);
            Assert.True(Math.Abs(distance) <= 1, $"2^{x:R}: {distance} ulp");
        }

        static float Exp2(float x) => BitConverter.UInt32BitsToSingle(
            ApproximateMath.Exp2(BitConverter.SingleToUInt32Bits(x), flush: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Vectors_HaveTheBitsOfTheScalars(bool flush)
    {
        for (ulong bits = 0; bits < uint.MaxValue; bits += 8 * 40_009)
        {
            Vector256<uint> lanes = Vector256.Create((uint)bits) + (Vector256<uint>.Indices * 40_009u);
            Vector256<float> x = lanes.AsSingle();
            Same(lanes, VectorMath256.Exp2(x, flush).AsUInt32(), x => ApproximateMath.Exp2(x, flush));
            Same(lanes, VectorMath256.Reciprocal(x, flush).AsUInt32(), x => ApproximateMath.Reciprocal(x, flush));
            Same(lanes, VectorMath256.ReciprocalSqrt(x, flush).AsUInt32(), x => ApproximateMath.ReciprocalSqrt(x, flush));
            Same(lanes, VectorMath256.NarrowToBFloat16(x), x => BFloat16Format.Narrow(BitConverter.UInt32BitsToSingle(x)));
            Same(lanes, VectorMath256.NarrowToBFloat16x2(x, x), x =>
            {
                uint half = BFloat16Format.Narrow(BitConverter.UInt32BitsToSingle(x));
                return (half << 16) | half;
            });
        }

        static void Same(Vector256<uint> operands, Vector256<uint> results, Func<uint, uint> scalar)
        {
            for (int lane = 0; lane < Vector256<uint>.Count; lane++)
                Assert.Equal(scalar(operands[lane]), results[lane]);
        }
    }

    [Fact]
    public void Divide_ByAHugeDivisor_IsZeroOrNaN()
    {
        Assert.Equal(0u, ApproximateMath.Divide(0x7f00_0000, 0x7f00_0000, flush: false));
        Assert.Equal(0x7fff_ffffu, ApproximateMath.Divide(0x7f80_0000, 0x7f00_0000, flush: false));
        Assert.Equal(0x3f80_0000u, ApproximateMath.DivideFull(0x7f00_0000, 0x7f00_0000, flush: false));
    }

    [Fact]
    public void DoubleReciprocal_HasOneWordOfResult()
    {
        Assert.Equal(0x3fd5_5555_0000_0000, BitConverter.DoubleToInt64Bits(ApproximateMath.Reciprocal(3.0)));
        Assert.Equal(double.PositiveInfinity, ApproximateMath.Reciprocal(1e-310));
        Assert.Equal(0.5, ApproximateMath.ReciprocalSqrt(4.0, flush: true));
        Assert.Equal(1 / Math.Sqrt(1e-310), ApproximateMath.ReciprocalSqrt(1e-310, flush: false));
    }

    [Fact]
    public void HalfFunctions_AreRounded()
    {
        Assert.Equal(0x4000, ApproximateMath.Exp2<Float16Format>(0x3c00, flush: false));
        Assert.Equal(0x3f43, ApproximateMath.Tanh<BFloat16Format>(0x3f80)); // tanh(1) = 0.7616
    }

    private static uint Compute(string[] words, uint a, uint b)
    {
        bool flush = words.Contains("ftz");
        return words[0] switch
        {
            "ex2" => ApproximateMath.Exp2(a, flush),
            "lg2" => ApproximateMath.Log2(a, flush),
            "rcp" => ApproximateMath.Reciprocal(a, flush),
            "rsqrt" => ApproximateMath.ReciprocalSqrt(a, flush),
            "sqrt" => ApproximateMath.Sqrt(a, flush),
            "sin" => ApproximateMath.Sin(a, flush),
            "cos" => ApproximateMath.Cos(a, flush),
            "tanh" => ApproximateMath.Tanh(a),
            "div" when words[1] == "full" => ApproximateMath.DivideFull(a, b, flush),
            "div" => ApproximateMath.Divide(a, b, flush),
            _ => throw new ArgumentException(words[0]),
        };
    }
}
