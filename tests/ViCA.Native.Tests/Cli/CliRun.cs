using System.Text.Json;
using ViCA.Native.Cli;

namespace ViCA.Native.Tests.Cli;

/// <summary>One run of the command line inside this process.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>The JSON object on the output, which must be all of it.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The first line of the error stream.</summary>
    public string ErrorLine => Error.Split('\n')[0];

    public static Task<CliRun> Of(params string[] arguments) => Of(new CliSetting(), arguments);

    public static async Task<CliRun> Of(CliSetting setting, params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        CliConsole console = new()
        {
            Output = output,
            Error = error,
            Input = () => setting.InputFails is { } failure ? throw failure : new MemoryStream(setting.Input),
            IsErrorTerminal = setting.IsTerminal,
            Variable = name => setting.Variables.GetValueOrDefault(name),
        };
        int code = await CommandRunner.RunAsync(arguments, console, CancellationToken.None);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts that the run was refused with this code and message.</summary>
    public void ShouldFail(int exitCode, string code, string message)
    {
        Assert.Equal($"error [{code}]: {message}", ErrorLine);
        Assert.Equal(exitCode, ExitCode);
        Assert.Equal("", Output);
    }
}
