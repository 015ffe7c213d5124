using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Vica;
using ViCA.Native.Sites;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect sites`: the places in the model that can be captured.</summary>
internal sealed class InspectSitesCommand : Verb
{
    private readonly Option<string?> _model = ModelArguments.ModelOption();

    private readonly Option<string?> _like = Opt.Text("--like", "PATTERN", "Only these; * stands for any text.");

    public InspectSitesCommand()
        : base("sites", "Lists the places in the model whose values `capture` can write, in order of computation.")
    {
        Add(_model);
        Add(_like);
        Examples = ["vica inspect sites --model DIR", "vica inspect sites --model DIR --like \"language.layers.0.*\""];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        string folder = ModelFolderResolver.Resolve(line.GetValue(_model));
        SiteCatalog catalog = new(VicaConfig.Load(folder), BpeTokenizer.Load(folder).Length);
        IReadOnlyList<Site> sites = line.GetValue(_like) is { } pattern ? catalog.Match([pattern]) : catalog.Sites;
        if (console.Json)
            console.WriteJson(json => WriteJson(json, sites));
        else
            Columns.Write(console.Output, [.. sites.Select(Row)], 2);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static string[] Row(Site site) =>
        [site.Name, Rows(site), FormattableString.Invariant($"{site.Width}")];

    private static string Rows(Site site) => site.Rows switch
    {
        SiteRows.Patches => "patches",
        SiteRows.Sequence => "sequence",
        _ => "last",
    };

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<Site> sites)
    {
        json.WriteStartArray("sites");
        foreach (Site site in sites)
        {
            json.WriteStartObject();
            json.WriteString("name", site.Name);
            json.WriteString("rows", Rows(site));
            json.WriteNumber("width", site.Width);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
