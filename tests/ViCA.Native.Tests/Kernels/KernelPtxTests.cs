using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Kernels;

namespace ViCA.Native.Tests.Kernels;

/// <summary>What the PTX of the kernels must contain, and what it must not.</summary>
public sealed class KernelPtxTests
{
    public static TheoryData<string> Names => [.. KernelCatalog.Of(KernelLibrary.Assembly).Select(KernelCatalog.NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryKernel_KeepsToRegisters_AndCallsNothing(string name)
    {
        foreach (GpuTarget target in Enum.GetValues<GpuTarget>())
        {
            string ptx = Ptx(name, target);
            Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
            Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("RmsNorm<bf16, 8>", "ld.global.nc.v4", "ld.global.v4", "st.global.v4")]
    [InlineData("LayerNorm<fp32, 8>", "ld.global.nc.v4", "ld.global.v4", "st.global.v4")]
    [InlineData("Softmax<fp32, 8>", "ld.global.v4", "st.global.v4", "ex2.approx.ftz.f32")]
    [InlineData("SiluMultiply<bf16, 8>", "ld.global.v4", "st.global.v4", "div.rn.f32")]
    [InlineData("Embedding<bf16, bf16, 8>", "ld.global.nc.v4", "st.global.v4", "mul")]
    [InlineData("Gemv<bf16, bf16, bf16, 8>", "ld.global.nc.v4", "shfl.sync.bfly", "fma.rn.f32")]
    [InlineData("Gemm<bf16, bf16, bf16, 4, 8, 16>", "ld.shared.v4", "bar.sync", "fma.rn.f32")]
    [InlineData("Attention<bf16, 16, CausalMask>", "ld.shared.v4", "ex2.approx.ftz.f32", "shfl.sync.bfly")]
    [InlineData("DecodeAttention<bf16, 16>", "ld.global.v4", "ex2.approx.ftz.f32", "shfl.sync.bfly")]
    public void WideKernels_MoveSixteenBytes(string name, params string[] instructions)
    {
        string ptx = Ptx(name, GpuTarget.Sm80);
        Assert.All(instructions, instruction => Assert.Contains(instruction, ptx, StringComparison.Ordinal));
    }

    private static string Ptx(string name, GpuTarget target) =>
        KernelCompiler.Compile(
            KernelCatalog.Of(KernelLibrary.Assembly).Single(kernel => KernelCatalog.NameOf(kernel) == name), target).Ptx;
}
