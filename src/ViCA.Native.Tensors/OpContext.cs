using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors;

/// <summary>What an op runs on and takes its memory from.</summary>
/// <param name="Cpu">The threads.</param>
/// <param name="Workspace">The arena for intermediate values.</param>
public sealed record OpContext(CpuExecutor Cpu, Workspace Workspace);
