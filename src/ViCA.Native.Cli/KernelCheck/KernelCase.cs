namespace ViCA.Native.Cli.KernelCheck;

/// <summary>An op on generated inputs: what its kernels are given, and how close their results must come.</summary>
/// <param name="Name">`Op/types/shape`, without spaces.</param>
/// <param name="Roundings">
/// How far the kernel may be from the CPU path: 0 for equal bits, else in roundings of the type (<see cref="Tolerance"/>).
/// </param>
/// <param name="Prepare">Makes the tensors; what it returns runs the op, as often as it is called.</param>
internal sealed record KernelCase(string Name, int Roundings, Func<CaseTensors, Action> Prepare)
{
    /// <summary>Floating-point operations of the op; 0 where the memory alone decides its speed.</summary>
    public double Operations { get; init; }

    /// <summary>Bytes that the op must move; null for each input and output once.</summary>
    public long? Bytes { get; init; }

    /// <summary>A shape of the real model, too large for the emulator: timed on a GPU and compared with the CPU path.</summary>
    public bool IsModelSize { get; init; }
}
