using System.Text.Json;

namespace ViCA.Native.Cli.Output;

/// <summary>An answer, for people and for programs.</summary>
internal static class AnswerOutput
{
    /// <summary>Writes the pieces of an answer as they come, and a line end. Returns the whole answer.</summary>
    public static async Task<VicaAnswer> StreamAsync(
        IAsyncEnumerable<VicaUpdate> updates, CliConsole console, ProgressDisplay progress)
    {
        VicaAnswer? answer = null;
        await foreach (VicaUpdate update in updates.ConfigureAwait(false))
        {
            switch (update)
            {
                case VicaUpdate.Progress stage:
                    progress.Report(new VicaProgress(stage.Stage, stage.Done, stage.Total));
                    break;
                case VicaUpdate.Token token:
                    // The bars must be gone before text comes to the same terminal.
                    progress.Dispose();
                    Show(token.Text, console);
                    break;
                case VicaUpdate.Completed completed:
                    progress.Dispose();
                    Show(completed.RemainingText, console);
                    answer = completed.Answer;
                    break;
            }
        }
        if (!console.Json)
        {
            // What follows on the error stream may come to the same terminal.
            console.Output.WriteLine();
            console.Output.Flush();
        }
        return answer ?? throw new InvalidOperationException("the answer has no end");
    }

    /// <summary>Times of the stages in milliseconds.</summary>
    public static void WriteTimings(TextWriter output, VicaAnswer answer)
    {
        VicaTimings times = answer.Timings;
        string Ms(double value) => FormattableString.Invariant($"{value:0.0} ms");
        string Rate(double count, double ms, string unit) =>
            ms > 0 ? FormattableString.Invariant($"{count / ms * 1000:0.0} {unit}/s") : "";
        Columns.Write(
            output,
            [
                ["load", Ms(times.Load)],
                ["frames", Ms(times.Frames), Rate(answer.Frames.Count, times.Frames, "frames")],
                ["preprocess", Ms(times.Preprocess)],
                ["vision", Ms(times.Vision), Rate(answer.Frames.Count, times.Vision, "frames")],
                ["prefill", Ms(times.Prefill), Rate(answer.Usage.PromptTokens, times.Prefill, "tokens")],
                ["decode", Ms(times.Decode), Rate(answer.Usage.CompletionTokens, times.Decode, "tokens")],
                ["total", Ms(times.Total)],
            ],
            1,
            2);
    }

    /// <summary>The properties of an answer.</summary>
    public static void WriteJson(Utf8JsonWriter json, VicaAnswer answer)
    {
        json.WriteString("text", answer.Text);
        WriteIds(json, "tokenIds", answer.TokenIds);
        json.WriteString("finishReason", answer.FinishReason == FinishReason.Stop ? "stop" : "length");
        json.WriteStartObject("usage");
        json.WriteNumber("promptTokens", answer.Usage.PromptTokens);
        json.WriteNumber("videoTokens", answer.Usage.VideoTokens);
        json.WriteNumber("completionTokens", answer.Usage.CompletionTokens);
        json.WriteEndObject();
        WriteTimings(json, answer.Timings);
        FramesTable.WriteJson(json, answer.Frames);
        json.WriteStartObject("model");
        json.WriteString("path", answer.Model.Path);
        json.WriteString("configSha256", answer.Model.ConfigSha256);
        json.WriteString("indexSha256", answer.Model.IndexSha256);
        json.WriteEndObject();
        json.WriteString("precision", answer.Precision == VicaPrecision.FP32 ? "fp32" : "bf16");
        json.WriteNumber("seed", answer.Seed);
    }

    /// <summary>A property that holds ids.</summary>
    public static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<int> ids)
    {
        json.WriteStartArray(name);
        foreach (int id in ids)
            json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    private static void WriteTimings(Utf8JsonWriter json, VicaTimings timings)
    {
        json.WriteStartObject("timings");
        json.WriteNumber("load", Rounded(timings.Load));
        json.WriteNumber("frames", Rounded(timings.Frames));
        json.WriteNumber("preprocess", Rounded(timings.Preprocess));
        json.WriteNumber("vision", Rounded(timings.Vision));
        json.WriteNumber("prefill", Rounded(timings.Prefill));
        json.WriteNumber("decode", Rounded(timings.Decode));
        json.WriteNumber("total", Rounded(timings.Total));
        json.WriteEndObject();

        static double Rounded(double milliseconds) => Math.Round(milliseconds, 3);
    }

    private static void Show(string text, CliConsole console)
    {
        if (console.Json || text.Length == 0)
            return;
        console.Output.Write(text);
        console.Output.Flush();
    }
}
