using System.Buffers.Binary;
using System.Text;

namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>
/// Writes a shared library for Linux on x86-64 whose functions only jump to addresses in a table, which is exported,
/// too. So managed code can stand behind a C interface without a C compiler. (System V ABI, chapters 4 and 5; AMD64
/// supplement.)
/// </summary>
internal static class ElfSharedObject
{
    /// <summary>The name of the table: one 64-bit address per function, in their order.</summary>
    public const string TableSymbol = "stand_in_table";

    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const int SymbolBytes = 24;
    private const int StubBytes = 8;
    private const int PageBytes = 4096;

    /// <summary>The library's bytes.</summary>
    public static byte[] Build(IReadOnlyList<string> functions)
    {
        MemoryStream strings = new();
        strings.WriteByte(0);
        string[] symbols = [.. functions, TableSymbol];
        int[] nameOffsets = [.. symbols.Select(name => Append(strings, name))];

        const int ProgramHeaders = 4;
        const int DynamicEntries = 6;
        int symbolsAt = HeaderBytes + (ProgramHeaders * ProgramHeaderBytes);
        int stringsAt = symbolsAt + ((symbols.Length + 1) * SymbolBytes);
        int hashAt = RoundUp(stringsAt + (int)strings.Length, 8);
        int textAt = RoundUp(hashAt + (4 * (symbols.Length + 4)), 16);
        int textEnd = textAt + (functions.Count * StubBytes);
        int dynamicAt = RoundUp(textEnd, PageBytes);
        int tableAt = dynamicAt + (DynamicEntries * 16);
        byte[] file = new byte[tableAt + (functions.Count * 8)];

        // ELF64, little endian, ET_DYN, x86-64.
        "\u007fELF"u8.CopyTo(file);
        file[4] = 2;
        file[5] = 1;
        file[6] = 1;
        Put16(file, 16, 3);
        Put16(file, 18, 62);
        Put32(file, 20, 1);
        Put64(file, 32, HeaderBytes);
        Put16(file, 52, HeaderBytes);
        Put16(file, 54, ProgramHeaderBytes);
        Put16(file, 56, ProgramHeaders);
        Put16(file, 58, 64);

        // PT_LOAD read and execute, PT_LOAD read and write, PT_DYNAMIC, PT_GNU_STACK.
        PutSegment(file, 0, type: 1, flags: 5, 0, textEnd, PageBytes);
        PutSegment(file, 1, type: 1, flags: 6, dynamicAt, file.Length - dynamicAt, PageBytes);
        PutSegment(file, 2, type: 2, flags: 6, dynamicAt, DynamicEntries * 16, 8);
        PutSegment(file, 3, type: 0x6474e551, flags: 6, 0, 0, 16);

        for (int i = 0; i < symbols.Length; i++)
        {
            bool isTable = i == functions.Count;
            int at = symbolsAt + ((i + 1) * SymbolBytes);
            Put32(file, at, nameOffsets[i]);
            // STB_GLOBAL, STT_OBJECT or STT_FUNC; any section but the undefined one.
            file[at + 4] = (byte)(isTable ? 0x11 : 0x12);
            Put16(file, at + 6, 1);
            Put64(file, at + 8, isTable ? tableAt : textAt + (i * StubBytes));
            Put64(file, at + 16, isTable ? functions.Count * 8 : StubBytes);
        }

        strings.ToArray().CopyTo(file, stringsAt);

        // One bucket: every look-up walks the chain of all symbols.
        Put32(file, hashAt, 1);
        Put32(file, hashAt + 4, symbols.Length + 1);
        Put32(file, hashAt + 8, 1);
        for (int i = 1; i < symbols.Length; i++)
            Put32(file, hashAt + 12 + (4 * i), i + 1);

        for (int i = 0; i < functions.Count; i++)
        {
            // jmp *offset(%rip)
            int at = textAt + (i * StubBytes);
            file[at] = 0xff;
            file[at + 1] = 0x25;
            Put32(file, at + 2, tableAt + (i * 8) - (at + 6));
        }

        // DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_NULL.
        (long Tag, long Value)[] dynamic =
            [(4, hashAt), (5, stringsAt), (6, symbolsAt), (10, strings.Length), (11, SymbolBytes), (0, 0)];
        for (int i = 0; i < dynamic.Length; i++)
        {
            Put64(file, dynamicAt + (i * 16), dynamic[i].Tag);
            Put64(file, dynamicAt + (i * 16) + 8, dynamic[i].Value);
        }

        return file;
    }

    private static int Append(MemoryStream strings, string name)
    {
        int offset = (int)strings.Length;
        strings.Write(Encoding.ASCII.GetBytes(name + '\0'));
        return offset;
    }

    private static void PutSegment(byte[] file, int index, int type, int flags, int offset, int bytes, int alignment)
    {
        int at = HeaderBytes + (index * ProgramHeaderBytes);
        Put32(file, at, type);
        Put32(file, at + 4, flags);
        Put64(file, at + 8, offset);
        Put64(file, at + 16, offset);
        Put64(file, at + 24, offset);
        Put64(file, at + 32, bytes);
        Put64(file, at + 40, bytes);
        Put64(file, at + 48, alignment);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static void Put16(byte[] file, int at, int value) =>
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(at), (short)value);

    private static void Put32(byte[] file, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);

    private static void Put64(byte[] file, int at, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(at), value);
}
