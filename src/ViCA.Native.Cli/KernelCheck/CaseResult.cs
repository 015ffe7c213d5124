using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>What a case gave. One line of JSON between a worker and the check.</summary>
/// <param name="Name">The case.</param>
/// <param name="Passed">Whether the results are as close to the reference's as they must be.</param>
/// <param name="Reference">What they were compared with: `emulator` or `cpu`; null when it did not come to that.</param>
/// <param name="Exact">Whether every bit had to agree.</param>
/// <param name="LargestDifference">Relative to the largest magnitude of its tensor; null when nothing was compared.</param>
/// <param name="Kernels">The launches, in their order.</param>
/// <param name="Bytes">Bytes of all inputs and outputs, each counted once.</param>
/// <param name="Operations">Floating-point operations of the op; 0 where they do not matter.</param>
/// <param name="Message">What is wrong; null when the case passed.</param>
/// <param name="EndsWorker">Whether the failure spoilt the GPU for the process that met it.</param>
internal sealed record CaseResult(
    string Name,
    bool Passed,
    string? Reference,
    bool Exact,
    double? LargestDifference,
    IReadOnlyList<KernelTiming> Kernels,
    long Bytes,
    double Operations,
    string? Message,
    bool EndsWorker)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Time of all launches; null where nothing was timed.</summary>
    public double? Microseconds => Kernels.Count > 0 && Kernels.All(kernel => kernel.Microseconds is not null)
        ? Kernels.Sum(kernel => kernel.Microseconds)
        : null;

    /// <summary>The result of a case that did not come to a comparison.</summary>
    public static CaseResult Failed(string name, string message, bool endsWorker = false) =>
        new(name, false, null, false, null, [], 0, 0, message, endsWorker);

    /// <summary>Reads a worker's line; null when it is none.</summary>
    public static CaseResult? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CaseResult>(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Options);
}
