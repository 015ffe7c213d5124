namespace ViCA.Native.Tests.Checkpoint;

/// <summary>Progress that is handled before the reporter goes on.</summary>
internal sealed class SynchronousProgress<T>(Action<T> handle) : IProgress<T>
{
    private readonly Lock _gate = new();

    public void Report(T value)
    {
        lock (_gate)
            handle(value);
    }
}
