using ViCA.Native.Models.SigLip;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tests.Checkpoint;
using ModelCheckpoint = ViCA.Native.Tensors.Checkpoint.Checkpoint;

namespace ViCA.Native.Tests.Models;

/// <summary>Which tensors a config implies, and what of a checkpoint is refused or ignored.</summary>
public sealed class ConfigTensorsTests : IDisposable
{
    private const string Vision = "model.vision_tower.vision_tower.vision_model.";

    private static readonly VicaConfig Tiny =
        VicaConfig.Load(Path.Combine(RepositoryPaths.Fixtures, "tiny-a", "model"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stored_AtTheRealSizes()
    {
        VicaConfig real = Tiny with
        {
            Vision = SigLipConfig.So400m,
            Language = Tiny.Language with
            {
                HiddenSize = 3584,
                IntermediateSize = 18944,
                NumLayers = 28,
                NumHeads = 28,
                NumKvHeads = 4,
            },
        };
        IReadOnlyList<(string Name, long[] Shape)> tensors = VicaTensors.Stored(real, 152064);
        Assert.Equal(765, tensors.Count);
        Assert.Equal(8_030_348_832, Values(""));
        Assert.Equal(397_747_744, Values("model.vision_tower."));
        Assert.Equal(16_980_992, Values("model.mm_projector."));
        Assert.Equal(3_584, Values("model.image_newline"));
        Assert.Equal(
            7_615_616_512,
            Values("model.layers.") + Values("model.norm.") + Values("model.embed_tokens.") + Values("lm_head."));
        Assert.Equal("model.image_newline", tensors[0].Name);
        Assert.Equal("lm_head.weight", tensors[^1].Name);
        Dictionary<string, long[]> shapes = tensors.ToDictionary(t => t.Name, t => t.Shape);
        Assert.Equal([512, 3584], shapes["model.layers.27.self_attn.v_proj.weight"]);
        Assert.Equal([3584, 18944], shapes["model.layers.0.mlp.down_proj.weight"]);
        Assert.Equal([1152, 3, 14, 14], shapes[Vision + "embeddings.patch_embedding.weight"]);
        Assert.Equal([729, 1152], shapes[Vision + "embeddings.position_embedding.weight"]);
        Assert.Equal([4304], shapes[Vision + "encoder.layers.25.mlp.fc1.bias"]);
        Assert.Equal(763, VicaTensors.Required(real, 152064).Count);

        long Values(string prefix) => tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Sum(t => t.Shape.Aggregate(1L, (product, d) => product * d));
    }

    [Fact]
    public void Check_ReturnsTheRowsOfTheEmbedding()
    {
        Write(VicaTensors.Stored(Tiny, 700));
        Assert.Equal(700, Check());
    }

    [Fact]
    public void Check_UnusedTensors_AreIgnored()
    {
        Write([
            .. VicaTensors.Required(Tiny, 640),
            (Vision + "encoder.layers.3.mlp.fc1.bias", [304]),
            (Vision + "head.probe", [1, 1, 144]),
            ("model.vision_resampler.mm_resampler.weight", [1]),
            ("model.layers.0.self_attn.rotary_emb.inv_freq", [64]),
            (Vision + "embeddings.position_ids", [1, 729]),
        ]);
        Assert.Equal(640, Check());
    }

    [Fact]
    public void Check_MissingTensors()
    {
        Write([.. VicaTensors.Stored(Tiny, 640).Where(t => !t.Name.Contains(".o_proj", StringComparison.Ordinal))]);
        Refused(
            "weights_tensor_missing",
            "3 of 97 required tensors missing: 'model.layers.0.self_attn.o_proj.weight', "
                + "'model.layers.1.self_attn.o_proj.weight', 'model.layers.2.self_attn.o_proj.weight'");
    }

    [Fact]
    public void Check_MissingEmbedding()
    {
        Write([.. VicaTensors.Stored(Tiny, 640).Where(t => t.Name != VicaTensors.Embedding)]);
        Refused("weights_tensor_missing", "1 of 95 required tensors missing: 'model.embed_tokens.weight'");
    }

    [Fact]
    public void Check_TransposedTensor()
    {
        Write([.. VicaTensors.Stored(Tiny, 640)
            .Select(t => t.Name == "model.layers.1.mlp.up_proj.weight" ? (t.Name, [256, 688]) : t)]);
        Refused("weights_shape_config", "'model.layers.1.mlp.up_proj.weight' is [256,688] (expected [688,256])");
    }

    [Fact]
    public void Check_HeadAndEmbeddingOfDifferentRows()
    {
        Write([.. VicaTensors.Stored(Tiny, 640).Select(t => t.Name == "lm_head.weight" ? (t.Name, [641, 256]) : t)]);
        Refused("weights_shape_config", "'lm_head.weight' is [641,256] (expected [640,256])");
    }

    [Fact]
    public void Check_EmbeddingOfOneDimension()
    {
        Write([.. VicaTensors.Stored(Tiny, 640).Select(t => t.Name == VicaTensors.Embedding ? (t.Name, [640]) : t)]);
        Refused("weights_shape_config", "'model.embed_tokens.weight' is [640] (expected [vocabulary,256])");
    }

    [Fact]
    public void Check_UnknownTensor()
    {
        Write([.. VicaTensors.Stored(Tiny, 640), ("model.faster_token", [256]), ("lm_head.lora_A.weight", [8, 256])]);
        Refused(
            "weights_tensor_unexpected",
            "2 tensors that ViCA does not have: 'lm_head.lora_A.weight', 'model.faster_token'");
    }

    // Position ids are integers; older checkpoints carry them.
    [Fact]
    public void Check_TensorsThatAreNeverUsed_MayBeOfAnyType()
    {
        TensorDeclaration[] stored =
            [.. VicaTensors.Stored(Tiny, 640).Select(t => new TensorDeclaration(t.Name, DType.BF16, t.Shape))];
        long end = stored.Sum(tensor => tensor.ByteLength);
        long begin = 0;
        string[] entries = [.. stored.Select(tensor => SafetensorsBytes.Entry(
            tensor.Name, "BF16", $"[{string.Join(',', tensor.Shape)}]", $"[{begin},{begin += tensor.ByteLength}]"))];
        string ids = SafetensorsBytes.Entry(Vision + "embeddings.position_ids", "I64", "[1,2]", $"[{end},{end + 16}]");
        string header = $"{{{string.Join(',', entries)},{ids}}}";
        _folder.Write("model.safetensors", SafetensorsBytes.Of(header, new byte[end + 16]));

        Assert.Equal(640, Check());
    }

    [Fact]
    public void Check_TensorsThatAreUsed_MustBeOfATypeOfModels()
    {
        string entry = SafetensorsBytes.Entry("model.norm.weight", "I64", "[1]", "[0,8]");
        _folder.Write("model.safetensors", SafetensorsBytes.Of($"{{{entry}}}", new byte[8]));

        Refused("weights_dtype", "tensor 'model.norm.weight': dtype 'I64' (expected BF16, F16 or F32)");
    }

    [Fact]
    public void CheckTokenIds_AllInTheVocabulary() => VicaTensors.CheckTokenIds(640, 639, [594, 592]);

    [Theory]
    [InlineData(151646, 151647, 0, "tokenizer: token id 151647 (expected < 151646)")]
    [InlineData(640, 595, 640, "generation_config.json: eos_token_id: token id 640 (expected < 640)")]
    public void CheckTokenIds_Outside(long rows, int largest, int eos, string message)
    {
        ModelConfigException exception =
            Assert.Throws<ModelConfigException>(() => VicaTensors.CheckTokenIds(rows, largest, [eos]));
        Assert.Equal(("config_vocab", message, 3), (exception.Code, exception.Message, exception.ExitCode));
    }

    private void Write(IReadOnlyList<(string Name, long[] Shape)> tensors)
    {
        TensorDeclaration[] declarations = [.. tensors.Select(t => new TensorDeclaration(t.Name, DType.BF16, t.Shape))];
        using SafetensorsWriter writer = SafetensorsWriter.Create(_folder["model.safetensors"], declarations);
        foreach (TensorDeclaration declaration in declarations)
            writer.Append<byte>(declaration.Name, new byte[declaration.ByteLength]);
        writer.Complete();
    }

    private int Check()
    {
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path, VicaTensors.IsNeverUsed);
        return VicaTensors.Check(checkpoint, Tiny);
    }

    private void Refused(string code, string message)
    {
        WeightsFormatException exception = Assert.Throws<WeightsFormatException>(() => Check());
        Assert.Equal((code, "model.safetensors: " + message), (exception.Code, exception.Message));
    }
}
