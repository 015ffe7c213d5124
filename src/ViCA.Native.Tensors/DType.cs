namespace ViCA.Native.Tensors;

/// <summary>The element types of tensors and of safetensors files.</summary>
public enum DType
{
    /// <summary>float32</summary>
    F32,

    /// <summary>bfloat16, see <see cref="BFloat16"/></summary>
    BF16,

    /// <summary>float16, in checkpoints only</summary>
    F16,
}

/// <summary>Sizes of <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this DType dtype) => dtype == DType.F32 ? 4 : 2;
}
