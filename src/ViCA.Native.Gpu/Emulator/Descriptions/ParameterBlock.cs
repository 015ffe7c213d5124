namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Puts the parameters of a case where its entry expects them.</summary>
internal static class ParameterBlock
{
    /// <summary>The bytes of the block; <paramref name="address"/> gives where a buffer lies.</summary>
    /// <exception cref="PtxDescriptionException">Number or sizes are not those of the entry.</exception>
    public static byte[] Build(PtxCase item, PtxEntry entry, Func<string, ulong> address)
    {
        int count = entry.Parameters.Count;
        if (item.Arguments.Count != count)
        {
            throw new PtxDescriptionException(
                $"case {item.Name}: {item.Arguments.Count} parameters (expected {count}, as {entry.Name} has)");
        }
        byte[] block = new byte[entry.ParameterBytes];
        for (int i = 0; i < count; i++)
        {
            PtxArgument argument = item.Arguments[i];
            PtxParameter parameter = entry.Parameters[i];
            if (argument.Size != parameter.Bytes)
            {
                throw new PtxDescriptionException(
                    $"case {item.Name}: parameter {i} ({argument.Name}) has {argument.Size} bytes "
                    + $"(expected {parameter.Bytes}, as {parameter.Name} has)");
            }
            argument.Write(block.AsSpan(parameter.Offset, parameter.Bytes), address);
        }
        return block;
    }
}
