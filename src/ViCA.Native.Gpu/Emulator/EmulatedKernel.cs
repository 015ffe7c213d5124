using ViCA.Native.Gpu.Emulator.Decoding;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>One kernel, decoded, with its parameter block.</summary>
internal sealed class EmulatedKernel
{
    /// <summary>Local memory of a thread when calls make its need unknown.</summary>
    private const int StackBytes = 16 << 10;

    public EmulatedKernel(PtxModule module, PtxEntry entry, ModuleData data, EmulatedMemory memory)
    {
        Entry = entry;
        if (entry.ParameterBytes > 0)
            ParameterBlock = memory.Allocate(entry.ParameterBytes);
        try
        {
            ProgramDecoder decoder = new(module, entry, data, ParameterBlock);
            Code = decoder.Decode();
            bool callsAddresses = decoder.Functions.Any(function => function.Code
                .Any(instruction => instruction is CallInstruction { IsIndirect: true }));
            FunctionTable = callsAddresses ? decoder.DecodeTable() : [];
            LocalBytes = decoder.Functions.Count == 1
                ? Code.LocalBytes
                : Math.Max(StackBytes, 2 * decoder.Functions.Sum(function => function.LocalBytes));
        }
        catch
        {
            memory.Free(ParameterBlock);
            throw;
        }
    }

    public PtxEntry Entry { get; }

    public FunctionCode Code { get; }

    public FunctionCode[] FunctionTable { get; }

    /// <summary>Bytes of local memory per thread.</summary>
    public int LocalBytes { get; }

    /// <summary>Where the parameters lie, 0 when there are none.</summary>
    public ulong ParameterBlock { get; }
}
