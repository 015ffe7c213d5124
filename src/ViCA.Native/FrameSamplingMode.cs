namespace ViCA.Native;

/// <summary>How frames are chosen from a video.</summary>
public enum FrameSamplingMode
{
    /// <summary>The wanted number of frames, evenly from the first to the last.</summary>
    Uniform,

    /// <summary>A fixed rate, unless that gives more than the wanted number: then evenly.</summary>
    FramesPerSecond,

    /// <summary>The frames at given times.</summary>
    AtTimes,
}
