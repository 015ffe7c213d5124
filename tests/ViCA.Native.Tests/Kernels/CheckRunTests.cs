using ViCA.Native.Cli.KernelCheck;

namespace ViCA.Native.Tests.Kernels;

/// <summary>What becomes of the cases when workers end early.</summary>
public sealed class CheckRunTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    private readonly List<string[]> _workers = [];

    [Fact]
    public void OneWorker_RunsAllCases()
    {
        IReadOnlyList<CaseResult> results = Run((names, report) =>
        {
            foreach (string name in names)
                report(Passed(name));
            return new WorkerEnd("done");
        });

        Assert.Equal(Names, results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result.Passed));
        Assert.Equal([Names], _workers);
    }

    [Fact]
    public void AfterAReportedFault_TheCasesBehindItGoToAnotherWorker()
    {
        IReadOnlyList<CaseResult> results = Run((names, report) =>
        {
            foreach (string name in names)
            {
                if (name == "b")
                {
                    report(CaseResult.Failed("b", "[device_fault] an illegal address", endsWorker: true));
                    return new WorkerEnd("the process ended with exit code 1: it said nothing");
                }

                report(Passed(name));
            }

            return new WorkerEnd("done");
        });

        Assert.Equal([true, false, true, true], results.Select(result => result.Passed));
        Assert.Equal("[device_fault] an illegal address", results[1].Message);
        Assert.Equal([Names, ["c", "d"]], _workers);
    }

    [Fact]
    public void AWorkerThatEndsWithoutAWord_CostsTheCaseThatItWasAt()
    {
        IReadOnlyList<CaseResult> results = Run((names, report) =>
        {
            if (names[0] == "a")
            {
                report(Passed("a"));
                return new WorkerEnd("the process ended with exit code 139: it said nothing");
            }

            foreach (string name in names)
                report(Passed(name));
            return new WorkerEnd("done");
        });

        Assert.Equal([true, false, true, true], results.Select(result => result.Passed));
        Assert.Equal("the process ended with exit code 139: it said nothing", results[1].Message);
        Assert.Equal([Names, ["c", "d"]], _workers);
    }

    [Fact]
    public void WhenTheTimeIsOver_TheRestIsNotRun()
    {
        IReadOnlyList<CaseResult> results = Run((names, report) =>
        {
            report(Passed("a"));
            return new WorkerEnd("the time of the check is over", IsOutOfTime: true);
        });

        Assert.Equal([true, false, false, false], results.Select(result => result.Passed));
        Assert.Equal("not run: the time of the check is over", results[3].Message);
        Assert.Equal([Names], _workers);
    }

    [Fact]
    public void ALine_SurvivesTheWay()
    {
        CaseResult sent = new(
            "a", false, "cpu", true, double.PositiveInfinity, [new KernelTiming("A<bf16, 8>", 1.5, 40, 0, 1024)], 12, 3.5, "m", false);

        CaseResult read = CaseResult.Parse(sent.ToLine())!;

        Assert.Equal(sent.Kernels, read.Kernels);
        Assert.Equal(sent with { Kernels = [] }, read with { Kernels = [] });
        Assert.Equal(1.5, read.Microseconds);
        Assert.Null(CaseResult.Parse("Segmentation fault"));
    }

    private static CaseResult Passed(string name) => new(name, true, "cpu", false, 0, [], 0, 0, null, false);

    private IReadOnlyList<CaseResult> Run(Func<IReadOnlyList<string>, Action<CaseResult>, WorkerEnd> worker)
    {
        List<string> seen = [];
        CheckRun run = new(
            (names, report) =>
            {
                _workers.Add([.. names]);
                return worker(names, report);
            },
            result => seen.Add(result.Name));
        IReadOnlyList<CaseResult> results = run.Run(Names);
        Assert.Equal(Names, seen);
        return results;
    }
}
