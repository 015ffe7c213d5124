using System.CommandLine;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Running;
using ViCA.Native.ModelFolder;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect tokens`: text to ids and back.</summary>
internal sealed class InspectTokensCommand : Verb
{
    private readonly Argument<string?> _text = new("TEXT")
    {
        Description = "The text; with --decode the ids, such as \"785 31069 13\".",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _jsonl = Opt.Text(
        "--jsonl", "FILE", "One JSON object a line, with \"text\", or with \"ids\" to decode; - is standard input.");

    private readonly Option<bool> _plain = Opt.Flag("--plain", "Special tokens written in a text are text.");

    private readonly Option<bool> _decode = Opt.Flag(
        "--decode", "Ids to text; a row's \"skip_special\" (true when missing) leaves special tokens out.");

    private readonly Option<string?> _model = ModelArguments.ModelOption();

    public InspectTokensCommand()
        : base("tokens", "Encodes a text, or decodes ids; prints one JSON object a line.")
    {
        Add(_text);
        Add(_jsonl);
        Add(_plain);
        Add(_decode);
        Add(_model);
        Examples =
        [
            "vica inspect tokens \"How many chairs?\" --model DIR",
            "vica inspect tokens --decode \"785 31069 13\" --model DIR",
            "vica inspect tokens --jsonl texts.jsonl --plain --model DIR",
        ];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        string? text = line.GetValue(_text);
        string? file = line.GetValue(_jsonl);
        bool plain = line.GetValue(_plain);
        bool decode = line.GetValue(_decode);
        if (text is null == file is null)
            throw new UsageException(ErrorCodes.UsageConflict, "exactly one of TEXT and --jsonl is needed");
        if (plain && decode)
            throw new UsageException(ErrorCodes.UsageConflict, "--plain and --decode exclude each other");
        BpeTokenizer tokenizer = BpeTokenizer.Load(ModelFolderResolver.Resolve(line.GetValue(_model)));
        TokenLines lines = new(tokenizer, decode, plain);
        if (text is not null)
            lines.Convert(text, console.Output);
        else
            lines.ConvertFile(file!, console, cancellationToken);
        return Task.FromResult(ExitCodes.Ok);
    }
}
