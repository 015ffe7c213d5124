namespace ViCA.Native.Gpu.Language;

/// <summary>The number 1.</summary>
public readonly struct N1 : ILength
{
    public static int Value => 1;
}

/// <summary>The number 2.</summary>
public readonly struct N2 : ILength
{
    public static int Value => 2;
}

/// <summary>The number 4.</summary>
public readonly struct N4 : ILength
{
    public static int Value => 4;
}

/// <summary>The number 8.</summary>
public readonly struct N8 : ILength
{
    public static int Value => 8;
}

/// <summary>The number 10.</summary>
public readonly struct N10 : ILength
{
    public static int Value => 10;
}

/// <summary>The number 16.</summary>
public readonly struct N16 : ILength
{
    public static int Value => 16;
}

/// <summary>The number 32.</summary>
public readonly struct N32 : ILength
{
    public static int Value => 32;
}

/// <summary>The number 64.</summary>
public readonly struct N64 : ILength
{
    public static int Value => 64;
}

/// <summary>The number 128.</summary>
public readonly struct N128 : ILength
{
    public static int Value => 128;
}

/// <summary>The product of two lengths.</summary>
public readonly struct Times<TLeft, TRight> : ILength
    where TLeft : struct, ILength
    where TRight : struct, ILength
{
    public static int Value => TLeft.Value * TRight.Value;
}
