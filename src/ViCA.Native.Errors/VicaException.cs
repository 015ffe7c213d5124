namespace ViCA.Native;

/// <summary>
/// A failure that the user can understand and act on. Every failure of this family has a stable <see cref="Code"/>;
/// any other exception that reaches the top is a bug of ours.
/// </summary>
public abstract class VicaException : Exception
{
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">`subject: what is wrong (expected e, found f); hint`, without the code.</param>
    /// <param name="innerException">The cause, for logs.</param>
    protected VicaException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>The stable word for this failure, e.g. `weights_truncated`.</summary>
    public string Code { get; }

    /// <summary>The exit code of a command that ends with this failure.</summary>
    public int ExitCode => ErrorCodes.ExitCode(Code);
}

/// <summary>A safetensors file or its index is not usable (codes `weights_…`).</summary>
public sealed class WeightsFormatException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>`config.json` or `generation_config.json` is not usable (codes `config_…`).</summary>
public sealed class ModelConfigException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>The tokenizer's files are not usable (codes `tokenizer_…`).</summary>
public sealed class TokenizerException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>A video file is not usable (codes `media_…`).</summary>
public sealed class MediaException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>A question, a prompt or a generation option is not usable (codes `request_…`).</summary>
public sealed class RequestException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>A command line is not usable (codes `usage_…`).</summary>
public sealed class UsageException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>This machine lacks something that the work needs (codes `env_…`).</summary>
public sealed class EnvironmentException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>Memory or disk does not suffice (codes `resource_…`).</summary>
public sealed class ResourceException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>A value that must be finite is not (codes `numeric_…`).</summary>
public sealed class NumericException(string code, string message, Exception? innerException = null)
    : VicaException(code, message, innerException);

/// <summary>A call of the CUDA driver failed (codes `cuda_error`, `device_fault`, `device_lost`).</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">`call: the driver's sentence (its name, its number); detail`, without the code.</param>
/// <param name="call">The driver's function, e.g. `cuLaunchKernelEx`.</param>
/// <param name="number">Its result (CUresult).</param>
/// <param name="name">The driver's name for it, e.g. `CUDA_ERROR_ILLEGAL_ADDRESS`.</param>
/// <param name="log">All that the driver's compiler said; empty for other calls.</param>
public sealed class CudaException(string code, string message, string call, int number, string name, string log)
    : VicaException(code, message)
{
    /// <summary>The driver's function that failed, or the first one that reported an earlier failure.</summary>
    public string Call { get; } = call;

    /// <summary>CUresult.</summary>
    public int Number { get; } = number;

    /// <summary>The driver's name for <see cref="Number"/>.</summary>
    public string Name { get; } = name;

    /// <summary>What the driver's compiler said.</summary>
    public string Log { get; } = log;
}

/// <summary>PTX text that cannot be read or that asks for what the emulator does not have (codes `ptx_…`).</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="line">1-based line of the PTX text.</param>
/// <param name="message">`subject: what is wrong (expected e, found f); hint`, without the code.</param>
public sealed class PtxFormatException(string code, int line, string message) : VicaException(code, message)
{
    /// <summary>1-based line of the PTX text.</summary>
    public int Line { get; } = line;
}
