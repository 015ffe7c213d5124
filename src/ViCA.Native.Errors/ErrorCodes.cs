namespace ViCA.Native;

/// <summary>Every error code of the project. A code, once released, keeps its meaning.</summary>
public static class ErrorCodes
{
    public const string WeightsMissing = "weights_missing";
    public const string WeightsHeaderTruncated = "weights_header_truncated";
    public const string WeightsHeaderEmpty = "weights_header_empty";
    public const string WeightsHeaderTooLarge = "weights_header_too_large";
    public const string WeightsHeaderUtf8 = "weights_header_utf8";
    public const string WeightsHeaderJson = "weights_header_json";
    public const string WeightsDuplicateTensor = "weights_duplicate_tensor";
    public const string WeightsTooManyTensors = "weights_too_many_tensors";
    public const string WeightsMetadata = "weights_metadata";
    public const string WeightsTensorEntry = "weights_tensor_entry";
    public const string WeightsDType = "weights_dtype";
    public const string WeightsShape = "weights_shape";
    public const string WeightsSizeOverflow = "weights_size_overflow";
    public const string WeightsSizeMismatch = "weights_size_mismatch";
    public const string WeightsOffsets = "weights_offsets";
    public const string WeightsTrailingData = "weights_trailing_data";
    public const string WeightsTruncated = "weights_truncated";
    public const string WeightsNotSafetensors = "weights_not_safetensors";
    public const string WeightsIndexPath = "weights_index_path";
    public const string WeightsIndexJson = "weights_index_json";
    public const string WeightsShardMissing = "weights_shard_missing";
    public const string WeightsIndexMismatch = "weights_index_mismatch";
    public const string WeightsTensorMissing = "weights_tensor_missing";
    public const string WeightsShapeConfig = "weights_shape_config";
    public const string WeightsTensorUnexpected = "weights_tensor_unexpected";
    public const string WeightsChanged = "weights_changed";

    public const string ConfigMissing = "config_missing";
    public const string ConfigJson = "config_json";
    public const string ConfigArchitecture = "config_architecture";
    public const string ConfigValue = "config_value";
    public const string ConfigUnsupported = "config_unsupported";
    public const string ConfigVocab = "config_vocab";

    public const string TokenizerMissing = "tokenizer_missing";
    public const string TokenizerJson = "tokenizer_json";
    public const string TokenizerType = "tokenizer_type";
    public const string TokenizerVocab = "tokenizer_vocab";
    public const string TokenizerMerges = "tokenizer_merges";
    public const string TokenizerPretokenizer = "tokenizer_pretokenizer";

    public const string MediaNotFound = "media_not_found";
    public const string MediaNotRegularFile = "media_not_regular_file";
    public const string MediaUnreadable = "media_unreadable";
    public const string MediaUnrecognized = "media_unrecognized";
    public const string MediaPlaylistRefused = "media_playlist_refused";
    public const string MediaNoVideo = "media_no_video";
    public const string MediaCodec = "media_codec";
    public const string MediaTruncated = "media_truncated";
    public const string MediaCorrupt = "media_corrupt";
    public const string MediaTooLarge = "media_too_large";
    public const string MediaDimensions = "media_dimensions";
    public const string MediaTooLong = "media_too_long";
    public const string MediaTimeline = "media_timeline";
    public const string MediaEncrypted = "media_encrypted";
    public const string MediaDecoderFailed = "media_decoder_failed";

    public const string RequestTextTooLong = "request_text_too_long";
    public const string RequestEncoding = "request_encoding";
    public const string RequestMissing = "request_missing";
    public const string RequestRange = "request_range";
    public const string RequestContext = "request_context";
    public const string RequestMediaBinding = "request_media_binding";
    public const string RequestSitePattern = "request_site_pattern";
    public const string RequestJson = "request_json";

    public const string KernelRefused = "kernel_refused";
    public const string PtxDescription = "ptx_description";

    public const string NumericWeights = "numeric_weights";
    public const string NumericLogits = "numeric_logits";

    public const string UsageOption = "usage_option";
    public const string UsageConflict = "usage_conflict";
    public const string UsageModel = "usage_model";
    public const string UsageOutput = "usage_output";

    public const string EnvLibav = "env_libav";
    public const string EnvCuda = "env_cuda";
    public const string EnvCpu = "env_cpu";

    public const string ResourceMemory = "resource_memory";
    public const string ResourceDisk = "resource_disk";
    public const string ResourceCapture = "resource_capture";
    public const string ResourceGpuMemory = "resource_gpu_memory";

    /// <summary>A call of the CUDA driver failed for a reason that is ours.</summary>
    public const string CudaError = "cuda_error";

    /// <summary>A kernel faulted; the process cannot use the GPU any more.</summary>
    public const string DeviceFault = "device_fault";

    /// <summary>The GPU stopped answering.</summary>
    public const string DeviceLost = "device_lost";

    public const string PtxSyntax = "ptx_syntax";
    public const string PtxUnsupported = "ptx_unsupported";
    public const string EmulatorFinding = "emulator_finding";

    /// <summary>An exception of no known family: a bug of ours.</summary>
    public const string InternalError = "internal_error";

    /// <summary>The exit code of a command that ends with this code: its prefix decides.</summary>
    public static int ExitCode(string code)
    {
        string prefix = code.Split('_')[0];
        return prefix switch
        {
            "weights" or "config" or "tokenizer" => 3,
            "media" => 4,
            "request" or "usage" or "ptx" => 2,
            "env" => 5,
            "resource" => 6,
            "device" => 10,
            "numeric" => code == NumericWeights ? 3 : 70,
            _ => 70,
        };
    }
}
