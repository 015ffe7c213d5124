namespace ViCA.Native.Media.Video;

/// <summary>The 3 x 3 matrix that says how a player turns the coded pictures.</summary>
internal static class DisplayMatrix
{
    internal const int Entries = 9;
    internal const int Bytes = Entries * sizeof(int);

    /// <summary>
    /// The turn that decord 0.6.0 makes of it: the angle truncated to whole degrees, and only right angles count;
    /// mirrored matrices are not looked at.
    /// </summary>
    internal static int ClockwiseDegrees(ReadOnlySpan<int> matrix)
    {
        double columnX = double.Hypot(matrix[0], matrix[3]);
        double columnY = double.Hypot(matrix[1], matrix[4]);
        if (columnX == 0 || columnY == 0)
            return 0;
        double degrees = Math.Atan2(matrix[1] / columnY, matrix[0] / columnX) * 180 / Math.PI;
        // A little less than none stays none instead of becoming 359.
        int whole = (int)(degrees - (360 * Math.Floor((degrees / 360) + (0.9 / 360))));
        return whole is 90 or 180 or 270 ? whole : 0;
    }
}
