namespace ViCA.Native.Media.Video;

/// <summary>
/// What this machine has of libav. A version is `major.minor.micro`, null where the library cannot be loaded;
/// <see cref="Problem"/> is null when videos can be read.
/// </summary>
public sealed record LibavVersions(string? Format, string? Codec, string? Util, string? Scale, string? Problem)
{
    /// <summary>True when all four libraries are there in the version that the project binds.</summary>
    public bool Usable => Problem is null;

    /// <summary>Loads the libraries, if they are there, and reads their versions. Never throws.</summary>
    public static LibavVersions Detect() => LibavLibraries.Versions;
}
