namespace ViCA.Native.Prompt;

/// <summary>
/// The conversation around a message, `qwen_1_5` of the reference: system, user, then the assistant's turn.
/// </summary>
public static class ChatTemplate
{
    /// <summary>What stands before the user's message.</summary>
    public const string BeforeMessage =
        "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n";

    /// <summary>What stands after the user's message; the model goes on from here.</summary>
    public const string AfterMessage = "<|im_end|>\n<|im_start|>assistant\n";

    /// <summary>The whole prompt with this message in it.</summary>
    public static string Wrap(string message) => BeforeMessage + message + AfterMessage;
}
