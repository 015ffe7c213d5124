namespace ViCA.Native.Gpu.Compiler.Ptxas;

/// <summary>What a program of the toolkit did.</summary>
internal readonly record struct ToolResult(int ExitCode, string Output, string Errors);
