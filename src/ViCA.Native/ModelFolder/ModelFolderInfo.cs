using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>What identifies a model folder, and what in it is ignored.</summary>
public sealed record ModelFolderInfo
{
    private const string TokenizerConfigName = "tokenizer_config.json";

    // The ChatML template that Qwen2 and LLaVA-Video publish; our prompts are built to the same text.
    private const string TemplateSha256 = "793202280c0910ab26bc6eb57c8212c2417324c6d8c4efd0d10d59092ab3e3eb";

    private static readonly string[] NeverRun = ["auto_map", "trust_remote_code", "chat_template"];

    /// <summary>SHA-256 of config.json, in lower-case hexadecimal.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>
    /// SHA-256 of model.safetensors.index.json, or, for a single file, of the JSON header of model.safetensors (without its
    /// 8 length bytes, with its padding).
    /// </summary>
    public required string IndexSha256 { get; init; }

    /// <summary>The names of the folder's files in order, without folders below it.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What a user should know about the folder, one sentence each; none as a rule.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>
    /// Reads a model folder. Throws <see cref="ModelConfigException"/> and <see cref="WeightsFormatException"/>.
    /// </summary>
    public static ModelFolderInfo Read(string folder)
    {
        byte[] config = StrictJson.ReadFile(folder, VicaConfig.FileName);
        return new ModelFolderInfo
        {
            ConfigSha256 = Convert.ToHexStringLower(SHA256.HashData(config)),
            IndexSha256 = HashLayout(folder),
            Files = [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)],
            Notices = ReadNotices(folder, StrictJson.Parse(config, VicaConfig.FileName)),
        };
    }

    private static string HashLayout(string folder)
    {
        string name = CheckpointFiles.Find(folder);
        string path = Path.Combine(folder, name);
        if (name == CheckpointFiles.IndexName)
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file.Header));
    }

    private static List<string> ReadNotices(string folder, JsonElement config)
    {
        List<string> notices = [];
        List<string> ignored = [.. Present(config, VicaConfig.FileName)];
        if (File.Exists(Path.Combine(folder, TokenizerConfigName)))
        {
            byte[] text = StrictJson.ReadFile(folder, TokenizerConfigName);
            JsonElement tokenizer = StrictJson.Parse(text, TokenizerConfigName);
            ignored.AddRange(Present(tokenizer, TokenizerConfigName));
            if (TemplateNotice(tokenizer) is { } notice)
                notices.Add(notice);
        }
        if (ignored.Count > 0)
        {
            string what = PrintableText.List(ignored);
            notices.Insert(0, $"ignored: code and templates in model folders are never run ({what})");
        }
        return notices;
    }

    private static IEnumerable<string> Present(JsonElement json, string fileName) =>
        from key in NeverRun
        where json.TryGetProperty(key, out _)
        select $"{fileName}: {key}";

    private static string? TemplateNotice(JsonElement tokenizer)
    {
        bool isText = tokenizer.TryGetProperty("chat_template", out JsonElement template)
            && template.ValueKind == JsonValueKind.String;
        if (!isText)
            return null;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.GetString()!)));
        return hash == TemplateSha256
            ? null
            : $"{TokenizerConfigName}: chat_template differs from the built-in one (expected SHA-256 {TemplateSha256}, found {hash})";
    }
}
