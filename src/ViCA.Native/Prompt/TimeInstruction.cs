using System.Globalization;
using System.Text;

namespace ViCA.Native.Prompt;

/// <summary>
/// The sentence that tells the model when the frames were seen; on in ViCA's training, off in its model card.
/// </summary>
public static class TimeInstruction
{
    /// <summary>
    /// The reference's text, without spaces after commas and before "Please", as the reference has it.
    /// </summary>
    /// <param name="videoSeconds">Length of the video: number of its frames / average rate.</param>
    /// <param name="frameSeconds">Time of each sampled frame.</param>
    public static string Format(double videoSeconds, IReadOnlyList<double> frameSeconds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"The video lasts for {videoSeconds:F2} seconds, and {frameSeconds.Count} frames are uniformly sampled ");
        text.Append("from it. These frames are located at ");
        for (int i = 0; i < frameSeconds.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{frameSeconds[i]:F2}s");
        return text.Append(".Please answer the following questions related to this video.").ToString();
    }
}
