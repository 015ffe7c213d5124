using Spectre.Console;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Output;

/// <summary>
/// Bars on the error stream while it is a terminal, one for each stage as it begins; nothing elsewhere. They disappear
/// when the display is disposed.
/// </summary>
internal sealed class ProgressDisplay : IProgress<VicaProgress>, IProgress<ByteProgress>, IDisposable
{
    private readonly CliConsole _console;
    private readonly Dictionary<string, ProgressTask> _tasks = [];
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile ProgressContext? _context;
    private Task? _display;

    private ProgressDisplay(CliConsole console)
    {
        _console = console;
    }

    /// <summary>
    /// A display on a console; on one that is no terminal it shows nothing. It begins with the first report, so that
    /// notices before it stay where they are.
    /// </summary>
    public static ProgressDisplay Start(CliConsole console) => new(console);

    public void Report(VicaProgress value)
    {
        string stage = value.Stage switch
        {
            VicaStage.Load => "load",
            VicaStage.Frames => "frames",
            VicaStage.Vision => "vision",
            VicaStage.Prefill => "prefill",
            _ => "decode",
        };
        Update(stage, value.Done, value.Total);
    }

    public void Report(ByteProgress value) => Update("bytes", value.DoneBytes, value.TotalBytes);

    public void Dispose()
    {
        lock (_gate)
            _end.TrySetResult();
        _display?.GetAwaiter().GetResult();
    }

    private void Update(string stage, double done, double total)
    {
        if (!_console.ShowsProgress)
            return;
        lock (_gate)
        {
            if (_end.Task.IsCompleted)
                return;
            _display ??= Show(_console);
            if (_context is not { } context)
                return;
            if (!_tasks.TryGetValue(stage, out ProgressTask? task))
                _tasks.Add(stage, task = context.AddTask(stage, maxValue: Math.Max(1, total)));
            task.Value = done;
        }
    }

    private Task Show(CliConsole console)
    {
        IAnsiConsole ansi = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(console.Error),
            Ansi = AnsiSupport.Yes,
            ColorSystem = console.Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
        });
        return ansi.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                _context = context;
                await _end.Task.ConfigureAwait(false);
            });
    }
}
