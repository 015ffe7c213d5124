namespace ViCA.Native;

/// <summary>Which model answered.</summary>
/// <param name="Path">The model as the caller named it.</param>
/// <param name="ConfigSha256">SHA-256 of config.json, in hexadecimal.</param>
/// <param name="IndexSha256">SHA-256 of the shard index, or of the header of a single file, in hexadecimal.</param>
public sealed record VicaModelInfo(string Path, string ConfigSha256, string IndexSha256);
