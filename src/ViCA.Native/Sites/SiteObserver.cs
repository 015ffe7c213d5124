using ViCA.Native.Tensors;

namespace ViCA.Native.Sites;

/// <summary>
/// Sees the value of a site (decisions: a place in the model with a name such as `vision.layers.0.q_proj`) as it is
/// computed. The memory of <paramref name="value"/> is valid during the call only.
/// </summary>
/// <param name="site">The site's whole name.</param>
/// <param name="value">Rows of the site, [rows, width].</param>
/// <param name="firstRow">The place of the first of them among all rows of the site.</param>
public delegate void SiteObserver(string site, Tensor value, int firstRow);
