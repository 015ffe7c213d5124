using System.Text.Json;
using ViCA.Native.Media.Sampling;

namespace ViCA.Native.Cli.Output;

/// <summary>Sampled frames, for people and for programs.</summary>
internal static class FramesTable
{
    /// <summary>Place, number in the video and time of each frame.</summary>
    public static void Write(TextWriter output, IEnumerable<SampledFrame> frames)
    {
        List<string[]> rows = [["frame", "of video", "time"]];
        rows.AddRange(frames.Select(frame => (string[])
        [
            FormattableString.Invariant($"{frame.Index}"),
            FormattableString.Invariant($"{frame.SourceIndex}"),
            $"{FrameSample.FormatSeconds(frame.TimeSeconds)} s",
        ]));
        Columns.Write(output, rows, 0, 1, 2);
    }

    /// <summary>The property `frames`; <paramref name="more"/> adds properties to the frame at a position.</summary>
    public static void WriteJson(
        Utf8JsonWriter json, IReadOnlyList<SampledFrame> frames, Action<int>? more = null)
    {
        json.WriteStartArray("frames");
        for (int i = 0; i < frames.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", frames[i].Index);
            json.WriteNumber("sourceIndex", frames[i].SourceIndex);
            json.WriteNumber("timeSeconds", frames[i].TimeSeconds);
            more?.Invoke(i);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
