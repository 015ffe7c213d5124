using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Demo;
using ViCA.Native.Cli.Output;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica demo`: the main job on bundled data.</summary>
internal sealed class DemoCommand : Verb
{
    private const int Frames = 8;
    private const int MaxNewTokens = 16;
    private const string Question = "How many chairs are in this room?";

    public DemoCommand()
        : base(
            "demo",
            "Answers a question about a bundled clip with a tiny model that is made on the spot, and checks the ids of "
            + "a second case against those of the reference implementation.")
    {
        Examples = ["vica demo", "vica demo --json"];
    }

    public override async Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        DemoFiles files = DemoFiles.Find();
        ReferenceCase expected = ReferenceCase.Load(files.Case);
        string folder = files.MakeModel(expected, console, cancellationToken);
        using VicaModel model = await VicaModel.LoadAsync(
            new VicaModelOptions { ModelPath = folder }, null, cancellationToken).ConfigureAwait(false);
        VicaAnswer answer = await AskAsync(
            model, files.Video, Frames, Question, MaxNewTokens, cancellationToken).ConfigureAwait(false);
        VicaAnswer found = await AskAsync(
            model, files.CaseClip, expected.Frames, expected.Question, expected.MaxNewTokens, cancellationToken)
            .ConfigureAwait(false);
        bool equal = found.TokenIds.SequenceEqual(expected.TokenIds);
        if (console.Json)
            console.WriteJson(json => WriteJson(json, answer, expected, found, equal));
        else
            Write(console.Output, answer, expected, equal);
        return equal ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<VicaAnswer> AskAsync(
        VicaModel model,
        string video,
        int frames,
        string question,
        int maxNewTokens,
        CancellationToken cancellationToken)
    {
        using PreparedVideo prepared = await model.PrepareAsync(
            VideoSource.FromFile(video), new VideoOptions { Frames = frames }, null, cancellationToken)
            .ConfigureAwait(false);
        return await model.AskAsync(
            prepared, question, new GenerationOptions { MaxNewTokens = maxNewTokens }, null, cancellationToken)
            .ConfigureAwait(false);
    }

    private static void Write(TextWriter output, VicaAnswer answer, ReferenceCase expected, bool equal)
    {
        output.WriteLine($"video     demo/room.mp4, {answer.Frames.Count} frames");
        output.WriteLine($"question  {Question}");
        output.WriteLine($"answer    {PrintableText.Clip(answer.Text)}");
        output.WriteLine("          (the weights are synthetic, so the words mean nothing; the rest is real)");
        output.WriteLine();
        FramesTable.Write(output, answer.Frames);
        output.WriteLine();
        output.WriteLine(
            $"tokens: {answer.Usage.PromptTokens} in the prompt, {answer.Usage.VideoTokens} of them the video's; "
            + $"{answer.Usage.CompletionTokens} new");
        AnswerOutput.WriteTimings(output, answer);
        output.WriteLine();
        string result = equal ? "equal to" : "DIFFERENT FROM";
        output.WriteLine(
            $"ids of case '{expected.Name}' ({expected.Frames} frames, {expected.TokenIds.Count} tokens): "
            + $"{result} the reference implementation's");
    }

    private static void WriteJson(
        Utf8JsonWriter json, VicaAnswer answer, ReferenceCase expected, VicaAnswer found, bool equal)
    {
        AnswerOutput.WriteJson(json, answer);
        json.WriteStartObject("reference");
        json.WriteString("case", expected.Name);
        json.WriteBoolean("equal", equal);
        AnswerOutput.WriteIds(json, "expectedIds", expected.TokenIds);
        AnswerOutput.WriteIds(json, "tokenIds", found.TokenIds);
        json.WriteEndObject();
    }
}
