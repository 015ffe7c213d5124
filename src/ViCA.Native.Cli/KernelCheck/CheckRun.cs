namespace ViCA.Native.Cli.KernelCheck;

/// <summary>
/// All cases, in worker processes: a kernel that faults spoils the GPU for its process only, and one that hangs is
/// ended. The cases behind it go to the next worker.
/// </summary>
/// <param name="runWorker">Starts a worker for some cases, reports each result as it comes, and says how it ended.</param>
/// <param name="progress">Told of each result.</param>
internal sealed class CheckRun(
    Func<IReadOnlyList<string>, Action<CaseResult>, WorkerEnd> runWorker, Action<CaseResult> progress)
{
    private readonly List<CaseResult> _results = [];

    /// <summary>A result for each name, in their order.</summary>
    public IReadOnlyList<CaseResult> Run(IReadOnlyList<string> names)
    {
        while (_results.Count < names.Count)
        {
            int before = _results.Count;
            WorkerEnd end = runWorker([.. names.Skip(before)], Add);
            if (end.IsOutOfTime)
            {
                foreach (string name in names.Skip(_results.Count))
                    Add(CaseResult.Failed(name, $"not run: {end.Reason}"));
            }

            // A worker that ends after it reported a fault ends because of that one; else the next case has ended it.
            bool isExplained = _results.Count > before && _results[^1].EndsWorker;
            if (_results.Count < names.Count && !isExplained)
                Add(CaseResult.Failed(names[_results.Count], end.Reason));
        }

        return _results;
    }

    private void Add(CaseResult result)
    {
        _results.Add(result);
        progress(result);
    }
}
