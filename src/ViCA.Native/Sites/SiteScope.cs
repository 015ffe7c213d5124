using ViCA.Native.Tensors;

namespace ViCA.Native.Sites;

/// <summary>
/// A path in the model under which a layer shows its values. Without an observer nothing is composed and nothing is
/// called: a site then costs one test for null.
/// </summary>
/// <param name="Observer">Who looks, or null.</param>
/// <param name="Path">The path so far.</param>
/// <param name="FirstRow">The place of the rows at hand among all rows of the site.</param>
public readonly record struct SiteScope(SiteObserver? Observer, string Path, int FirstRow)
{
    /// <summary>The scope one segment below.</summary>
    public SiteScope Below(string segment) =>
        Observer is null ? this : this with { Path = Path.Length == 0 ? segment : $"{Path}.{segment}" };

    /// <summary>The scope of layer <paramref name="index"/> below.</summary>
    public SiteScope Layer(int index) => Observer is null ? this : this with { Path = $"{Path}.layers.{index}" };

    /// <summary>Shows the site <paramref name="name"/> below this path.</summary>
    public void Show(string name, Tensor value) => Observer?.Invoke($"{Path}.{name}", value, FirstRow);

    /// <summary>Shows the site that this path itself names.</summary>
    public void Show(Tensor value) => Observer?.Invoke(Path, value, FirstRow);
}
