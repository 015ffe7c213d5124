using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Models.Vica;

namespace ViCA.Native.Sites;

/// <summary>All sites of a model, in the order in which a request meets them.</summary>
public sealed class SiteCatalog
{
    private const int NearNames = 5;

    /// <param name="config">The model's sizes.</param>
    /// <param name="numTokens">Ids of the tokenizer, the width of the logits.</param>
    public SiteCatalog(VicaConfig config, int numTokens)
    {
        ArgumentNullException.ThrowIfNull(config);
        List<Site> sites = [];
        AddVision(sites, config.Vision);
        int hidden = config.Language.HiddenSize;
        for (int i = 0; i < 3; i++)
            sites.Add(new Site($"projector.{i}", SiteRows.Patches, hidden));
        AddLanguage(sites, config.Language);
        sites.Add(new Site("logits", SiteRows.Last, numTokens));
        Sites = sites;
    }

    /// <summary>The sites.</summary>
    public IReadOnlyList<Site> Sites { get; }

    /// <summary>The sites that any of the patterns matches, in order; `*` stands for any text, dots included.</summary>
    /// <exception cref="RequestException">A pattern matches nothing; the message shows near names.</exception>
    public IReadOnlyList<Site> Match(IReadOnlyCollection<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        HashSet<Site> chosen = [];
        foreach (string pattern in patterns)
        {
            int before = chosen.Count;
            bool any = false;
            foreach (Site site in Sites.Where(site => Matches(pattern, site.Name)))
            {
                chosen.Add(site);
                any = true;
            }

            if (!any && chosen.Count == before)
            {
                throw new RequestException(
                    ErrorCodes.RequestSitePattern,
                    $"site pattern '{pattern}': matches no site; near names: {string.Join(", ", Near(pattern))}");
            }
        }

        return Sites.Where(chosen.Contains).ToList();
    }

    private static void AddVision(List<Site> sites, SigLipConfig config)
    {
        void Add(string name, int width) => sites.Add(new Site($"vision.{name}", SiteRows.Patches, width));

        Add("patch_embedding", config.HiddenSize);
        Add("embeddings", config.HiddenSize);
        for (int i = 0; i < config.NumLayers; i++)
        {
            foreach (string name in (string[])["layer_norm1", "q_proj", "k_proj", "v_proj", "attention", "layer_norm2"])
                Add($"layers.{i}.{name}", config.HiddenSize);
            Add($"layers.{i}.fc1", config.IntermediateSize);
            Add($"layers.{i}.gelu", config.IntermediateSize);
            Add($"layers.{i}.fc2", config.HiddenSize);
            Add($"layers.{i}", config.HiddenSize);
        }
    }

    private static void AddLanguage(List<Site> sites, Qwen2Config config)
    {
        void Add(string name, int width) => sites.Add(new Site($"language.{name}", SiteRows.Sequence, width));

        int keyValue = config.NumKvHeads * config.HeadDim;
        Add("inputs", config.HiddenSize);
        for (int i = 0; i < config.NumLayers; i++)
        {
            Add($"layers.{i}.input_layernorm", config.HiddenSize);
            Add($"layers.{i}.q_proj", config.HiddenSize);
            Add($"layers.{i}.k_proj", keyValue);
            Add($"layers.{i}.v_proj", keyValue);
            foreach (string name in (string[])["attention", "o_proj", "post_attention_layernorm"])
                Add($"layers.{i}.{name}", config.HiddenSize);
            Add($"layers.{i}.gate_proj", config.IntermediateSize);
            Add($"layers.{i}.up_proj", config.IntermediateSize);
            Add($"layers.{i}.mlp", config.HiddenSize);
            Add($"layers.{i}", config.HiddenSize);
        }

        Add("norm", config.HiddenSize);
    }

    /// <summary>Greedy wildcard match: after a star the earliest place that fits is enough.</summary>
    private static bool Matches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    private IEnumerable<string> Near(string pattern) =>
        Sites.OrderBy(site => Distance(pattern, site.Name)).Take(NearNames).Select(site => site.Name);

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
