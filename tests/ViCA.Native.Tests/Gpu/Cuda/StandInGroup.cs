namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>Tests that share the stand-in driver run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StandInGroup
{
    public const string Name = "stand-in driver";
}
