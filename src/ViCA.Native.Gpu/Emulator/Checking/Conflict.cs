namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>An earlier access that an access is not ordered after.</summary>
/// <param name="Earlier">The earlier one; none when there is no conflict.</param>
/// <param name="WasWrite">Whether the earlier one wrote.</param>
/// <param name="IsWithAtomic">
/// One is an atomic and the other a plain read. That is no race when the reader then goes on with an atomic of its own,
/// as loops around compare-and-swap do: what it read was a guess.
/// </param>
internal readonly record struct Conflict(LastAccess Earlier, bool WasWrite, bool IsWithAtomic)
{
    public bool IsNone => Earlier.IsNone;
}
