using System.Text;

namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>A PTX file of a description.</summary>
/// <param name="File">Its name, relative to the description's folder.</param>
/// <param name="Sha256">The sum that it must have, in lower case; null when any will do.</param>
public sealed record PtxSource(string File, string? Sha256)
{
    /// <summary>Reads the text.</summary>
    /// <exception cref="PtxDescriptionException">It cannot be read, or is another file.</exception>
    internal string Read(PtxDescription description) =>
        Encoding.UTF8.GetString(description.ReadFile(File, Sha256));
}
