namespace RoomRenderer;

/// <summary>Takes the frames of a clip, one after the other.</summary>
internal interface IFrameWriter : IDisposable
{
    /// <summary>Adds a frame: height × width × 3 bytes of RGB.</summary>
    void Write(byte[] rgb);

    /// <summary>Ends the clip and gives it its final name.</summary>
    void Finish();
}
