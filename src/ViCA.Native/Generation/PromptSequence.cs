using ViCA.Native.Models.Qwen2;
using ViCA.Native.Tensors;

namespace ViCA.Native.Generation;

/// <summary>One sequence of input embeddings: text, the video's tokens, text (reference.md 6.4).</summary>
/// <param name="BeforeVideo">Ids before the video.</param>
/// <param name="Video">The video's tokens [tokens, hidden].</param>
/// <param name="AfterVideo">Ids after the video.</param>
internal sealed record PromptSequence(IReadOnlyList<int> BeforeVideo, Tensor Video, IReadOnlyList<int> AfterVideo)
{
    /// <summary>Positions in all.</summary>
    public int Length => BeforeVideo.Count + Video.Rows + AfterVideo.Count;

    /// <summary>Fills rows [tokens, hidden] with positions first, first + 1, ….</summary>
    public void Fill(OpContext context, Qwen2Model model, int first, Tensor rows)
    {
        int end = first + rows.Rows;
        int videoEnd = BeforeVideo.Count + Video.Rows;
        FillText(context, model, BeforeVideo, 0, first, end, rows);
        int from = Math.Max(first, BeforeVideo.Count);
        int to = Math.Min(end, videoEnd);
        if (from < to)
            rows.Slice(from - first, to - from).CopyFrom(Video.Slice(from - BeforeVideo.Count, to - from));
        FillText(context, model, AfterVideo, videoEnd, first, end, rows);
    }

    private static void FillText(
        OpContext context, Qwen2Model model, IReadOnlyList<int> ids, int start, int first, int end, Tensor rows)
    {
        int from = Math.Max(first, start);
        int to = Math.Min(end, start + ids.Count);
        if (from >= to)
            return;
        int[] part = ids.Skip(from - start).Take(to - from).ToArray();
        model.Embed(context, part, rows.Slice(from - first, to - from));
    }
}
