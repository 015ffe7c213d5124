namespace ViCA.Native.Gpu.Language;

/// <summary>A number as a type, so that it can size a <see cref="Registers{T, TLength}"/>.</summary>
public interface ILength
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
