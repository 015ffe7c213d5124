namespace ViCA.Native.Sites;

/// <summary>A place in the model whose value can be captured.</summary>
/// <param name="Name">The path of the module in the model.</param>
/// <param name="Rows">What its rows stand for.</param>
/// <param name="Width">Its columns.</param>
public sealed record Site(string Name, SiteRows Rows, int Width);
