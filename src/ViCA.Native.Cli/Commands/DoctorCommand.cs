using System.CommandLine;
using ViCA.Native.Cli.Doctor;
using ViCA.Native.Cli.Output;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica doctor`: what this machine has and lacks.</summary>
internal sealed class DoctorCommand : Verb
{
    public DoctorCommand()
        : base("doctor", "Checks what this machine has, one line a check. A failed line ends with what mends it.")
    {
        Examples = ["vica doctor", "vica doctor --json"];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        IReadOnlyList<EnvironmentCheck> checks = EnvironmentCheck.RunAll(console);
        if (console.Json)
            console.WriteJson(json => WriteChecks(json, checks));
        else
            Columns.Write(console.Output, [.. checks.Select(check => new[] { check.Word, check.Name, check.Detail })]);
        bool ok = checks.All(check => check.State != CheckState.Failed);
        return Task.FromResult(ok ? ExitCodes.Ok : ExitCodes.Environment);
    }

    private static void WriteChecks(System.Text.Json.Utf8JsonWriter json, IReadOnlyList<EnvironmentCheck> checks)
    {
        json.WriteBoolean("ok", checks.All(check => check.State != CheckState.Failed));
        json.WriteStartArray("checks");
        foreach (EnvironmentCheck check in checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteString("state", check.Word);
            json.WriteString("detail", check.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
