namespace ViCA.Native;

/// <summary>A piece of a streamed answer.</summary>
public abstract record VicaUpdate
{
    private VicaUpdate()
    {
    }

    /// <summary>A stage went on.</summary>
    public sealed record Progress(VicaStage Stage, int Done, int Total) : VicaUpdate;

    /// <summary>A new token, and the text that may be shown since then (often empty, see the remarks of streaming).</summary>
    public sealed record Token(int Id, string Text) : VicaUpdate;

    /// <summary>The last piece. The texts of all pieces, joined, are its text.</summary>
    public sealed record Completed(string RemainingText, VicaAnswer Answer) : VicaUpdate;
}
