namespace ViCA.Native;

/// <summary>Why an answer ended.</summary>
public enum FinishReason
{
    /// <summary>A stop token or a stop string came.</summary>
    Stop,

    /// <summary>The limit of new tokens was reached.</summary>
    Length,
}
