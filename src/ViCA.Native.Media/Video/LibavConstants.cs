namespace ViCA.Native.Media.Video;

/// <summary>Constants of libav's headers, the same in all versions that <see cref="LibavLibraries"/> accepts.</summary>
internal static class LibavConstants
{
    internal const int LogQuiet = -8;
    internal const int MediaTypeVideo = 0;
    internal const int DiscardAll = 48;
    internal const int DispositionDefault = 1;
    internal const int DispositionAttachedPicture = 1024;
    internal const int SideDataDisplayMatrix = 5;
    internal const int SideDataEncryptionInitInfo = 24;
    internal const int SideDataEncryptionInfo = 25;
    internal const long NoTimestamp = long.MinValue;

    internal const int PacketKey = 1;
    internal const int PacketCorrupt = 2;
    internal const int PacketDiscard = 4;

    internal const int SeekBackward = 1;
    internal const int SeekFrame = 8;

    internal const int ErrorEndOfFile = -541478725;
    internal const int ErrorAgain = -11;
    internal const int ErrorAccess = -13;
    internal const int ErrorInputOutput = -5;

    internal const int PixelFormatRgb24 = 2;
    internal const int ScaleBilinear = 2;
    internal const int ColourSpaceUnspecified = 2;
    internal const int ColourSpaceDefault = 5;
    internal const int ColourSpaceYcgco = 8;
    internal const int ColourSpaceLast = 10;
    internal const int ColourRangeLimited = 1;
    internal const int ColourRangeFull = 2;
}
