using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Tests.Emulator.Arithmetic;

/// <summary>
/// One case of an instruction-table fixture: its inputs and, per instruction, a row of expected results. Computing the
/// rows here, without the PTX, tells a wrong function from a wrong binding.
/// </summary>
internal sealed class InstructionTable
{
    private readonly PtxDescription _description;
    private readonly PtxCase _case;

    private InstructionTable(PtxDescription description, PtxCase item)
    {
        _description = description;
        _case = item;
    }

    public static InstructionTable Load(string kernel, string caseName)
    {
        PtxDescription description = PtxFixtures.Load(kernel);
        return new InstructionTable(description, description.Cases.Single(item => item.Name == caseName));
    }

    /// <summary>The bit patterns of an input buffer.</summary>
    public ulong[] Input(string name)
    {
        PtxBuffer buffer = _case.Buffers[name];
        BufferContent content = new(buffer.Type, buffer.Init!.Fill(buffer.Type, buffer.Length));
        return [.. Enumerable.Range(0, buffer.Length).Select(i => content[i])];
    }

    /// <summary>Compares every row with the function of its instruction, element by element.</summary>
    public void Check(Func<string, int, ulong> compute)
    {
        ExpectedBuffer table = _case.Expected.Single();
        PtxElementType type = _case.Buffers[table.Buffer].Type;
        BufferContent expected = new(type, _description.ReadFile(table.File, table.Sha256));
        byte[] results = new byte[table.Count * type.Size()];
        foreach (ExpectedRange row in table.Ranges)
        {
            for (int i = 0; i < row.Count; i++)
            {
                byte[] pattern = BitConverter.GetBytes(compute(row.What!, i));
                pattern.AsSpan(0, type.Size()).CopyTo(results.AsSpan((row.Start + i) * type.Size()));
            }
        }

        IEnumerable<PtxDifference?> differences = table.Ranges.Select(row => OutputComparison.Compare(
            table with { Ranges = [row] },
            new BufferContent(type, results),
            expected,
            _ => throw new InvalidOperationException("tables have one buffer")).FirstDifference);
        Assert.Empty(differences.OfType<PtxDifference>());
    }
}
