using System.Security.Cryptography;
using System.Text;
using ViCA.Native.ModelFolder;
using ViCA.Native.Tests.Checkpoint;

namespace ViCA.Native.Tests.ModelFolder;

/// <summary>What identifies a folder, and the notice about code and templates in it.</summary>
public sealed class ModelFolderInfoTests : IDisposable
{
    private const string Notice = "ignored: code and templates in model folders are never run";

    // As LLaVA-Video and Qwen2 publish it, in JSON.
    private const string ChatMl =
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
        + "{{ '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}{% endif %}"
        + "{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private readonly TemporaryFolder _folder = new();

    public ModelFolderInfoTests()
    {
        _folder.Write("config.json", "{}");
        _folder.Write("model.safetensors", SafetensorsBytes.Of("{}  "));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SingleFile()
    {
        ModelFolderInfo info = ModelFolderInfo.Read(_folder.Path);
        Assert.Equal(Sha256("{}"), info.ConfigSha256);
        Assert.Equal(Sha256("{}  "), info.IndexSha256);
        Assert.Equal(["config.json", "model.safetensors"], info.Files);
        Assert.Empty(info.Notices);
        _folder.AssertReleased();
    }

    [Fact]
    public void Read_Index()
    {
        File.Delete(_folder["model.safetensors"]);
        _folder.Write("model.safetensors.index.json", "index");
        Assert.Equal(Sha256("index"), ModelFolderInfo.Read(_folder.Path).IndexSha256);
    }

    [Fact]
    public void Read_CodeInTheFolder_IsNoticed()
    {
        _folder.Write("config.json", "{\"auto_map\":{},\"trust_remote_code\":true}");
        Assert.Equal(
            [$"{Notice} (config.json: auto_map, config.json: trust_remote_code)"],
            ModelFolderInfo.Read(_folder.Path).Notices);
    }

    [Fact]
    public void Read_PublishedTemplate_IsNoticedWithoutWarning()
    {
        WriteTemplate(ChatMl);
        Assert.Equal([$"{Notice} (tokenizer_config.json: chat_template)"], ModelFolderInfo.Read(_folder.Path).Notices);
    }

    [Fact]
    public void Read_OtherTemplate_NamesBothHashes()
    {
        WriteTemplate("hello");
        IReadOnlyList<string> notices = ModelFolderInfo.Read(_folder.Path).Notices;
        Assert.Equal(2, notices.Count);
        Assert.Equal(
            "tokenizer_config.json: chat_template differs from the built-in one (expected SHA-256 "
                + $"793202280c0910ab26bc6eb57c8212c2417324c6d8c4efd0d10d59092ab3e3eb, found {Sha256("hello")})",
            notices[1]);
    }

    [SkippableFact]
    public void Read_PublishedTokenizerConfig_HasTheBuiltInTemplate()
    {
        string published = Path.Combine(RepositoryPaths.External, "qwen2", "tokenizer_config.json");
        Skip.IfNot(File.Exists(published), "needs ../shared/external/qwen2/tokenizer_config.json, which is not there");
        _folder.Write("tokenizer_config.json", File.ReadAllBytes(published));
        Assert.Single(ModelFolderInfo.Read(_folder.Path).Notices);
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void WriteTemplate(string escaped) =>
        _folder.Write("tokenizer_config.json", $"{{\"chat_template\":\"{escaped}\"}}");
}
