using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// A safetensors file, checked and mapped: shared, read-only, nothing copied. The file must not be cut or rewritten
/// while it is mapped: the system ends the process that reads a page that is gone. Format: 8 bytes little-endian header
/// length N, N bytes of JSON, data (https://github.com/huggingface/safetensors).
/// </summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private const int LengthBytes = 8;
    private const ulong MaxHeaderBytes = 100_000_000;

    private readonly FileInfo _file;
    private readonly DateTime _lastWrite;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Dictionary<string, CheckpointTensor> _tensors;
    private byte* _address;

    private SafetensorsFile(FileInfo file, string fileName, FileStream stream, Func<string, bool> allowsAnyType)
    {
        FileName = fileName;
        _file = file;
        _lastWrite = file.LastWriteTimeUtc;
        ByteLength = stream.Length;
        _map = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, ByteLength, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _address);
        try
        {
            long headerBytes = ReadHeaderLength();
            DataOffset = LengthBytes + headerBytes;
            ReadOnlySpan<byte> header = new(_address + LengthBytes, (int)headerBytes);
            SafetensorsHeader parsed = SafetensorsHeader.Parse(header, fileName, ByteLength, allowsAnyType);
            Metadata = parsed.Metadata;
            Tensors = [.. parsed.Entries.Select(entry => new CheckpointTensor(this, entry))];
            _tensors = Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file's name without its folder: the subject of messages.</summary>
    public string FileName { get; }

    /// <summary>The size of the whole file.</summary>
    public long ByteLength { get; }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>The `__metadata__` of the header; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The JSON header's bytes in the map.</summary>
    public ReadOnlySpan<byte> Header => new((byte*)Address + LengthBytes, (int)(DataOffset - LengthBytes));

    internal long DataOffset { get; }

    internal nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address == null, this);
            return (nint)_address;
        }
    }

    /// <summary>
    /// Maps and checks a file. Only BF16, F16 and F32 tensors are taken unless <paramref name="allowAnyType"/>.
    /// Throws <see cref="WeightsFormatException"/>.
    /// </summary>
    public static SafetensorsFile Open(string path, bool allowAnyType = false) => Open(path, _ => allowAnyType);

    /// <summary>The same; <paramref name="allowsAnyType"/> says it of a tensor by its name.</summary>
    internal static SafetensorsFile Open(string path, Func<string, bool> allowsAnyType)
    {
        string fileName = PrintableText.Clip(Path.GetFileName(path));
        FileInfo file = FileNames.Follow(path);
        if (!file.Exists)
            throw new WeightsFormatException(ErrorCodes.WeightsMissing, $"{fileName}: file not found");
        // NOTE: the length comes from the name before the file is opened: opening a pipe would wait for a writer.
        if (file.Length < LengthBytes)
            throw TooShort(fileName, file.Length);
        FileStream stream = OpenStream(file.FullName, fileName);
        try
        {
            if (stream.Length < LengthBytes)
                throw TooShort(fileName, stream.Length);
            return new SafetensorsFile(file, fileName, stream, allowsAnyType);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name, or null.</summary>
    public CheckpointTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>
    /// Throws <see cref="WeightsFormatException"/> `weights_changed` when the file is no longer the one that was mapped:
    /// of another size, written to, replaced or gone.
    /// </summary>
    public void RequireUnchanged()
    {
        _file.Refresh();
        if (_file.Exists && _file.Length == ByteLength && _file.LastWriteTimeUtc == _lastWrite)
            return;
        string found = _file.Exists ? Version(_file.Length, _file.LastWriteTimeUtc) : "none";
        throw new WeightsFormatException(
            ErrorCodes.WeightsChanged,
            $"{FileName}: changed while in use (expected {Version(ByteLength, _lastWrite)}, found {found}); load the model "
            + "again");

        static string Version(long bytes, DateTime time) => FormattableString.Invariant($"{bytes} bytes of {time:s}Z");
    }

    /// <summary>Unmaps the file. Tensors of it must not be read afterwards.</summary>
    public void Dispose()
    {
        if (_address != null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _address = null;
        }
        _view.Dispose();
        _map.Dispose();
    }

    private static WeightsFormatException TooShort(string fileName, long length) =>
        new(
            ErrorCodes.WeightsHeaderTruncated,
            $"{fileName}: file has {length} bytes (expected at least {LengthBytes})");

    private static FileStream OpenStream(string path, string fileName)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WeightsFormatException(
                ErrorCodes.WeightsMissing, $"{fileName}: cannot be opened; check that it is readable", exception);
        }
    }

    private long ReadHeaderLength()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(_address, LengthBytes));
        ulong available = (ulong)(ByteLength - LengthBytes);
        if (length > 0 && length <= MaxHeaderBytes && length <= available)
            return (long)length;
        if (length == 0)
            throw new WeightsFormatException(ErrorCodes.WeightsHeaderEmpty, $"{FileName}: header length is 0");
        if (length > MaxHeaderBytes)
        {
            ForeignFile.ThrowIfKnown(new ReadOnlySpan<byte>(_address, (int)Math.Min(ByteLength, 1024)), FileName);
            throw new WeightsFormatException(
                ErrorCodes.WeightsHeaderTooLarge,
                $"{FileName}: header length {length} (expected at most {MaxHeaderBytes})");
        }
        throw new WeightsFormatException(
            ErrorCodes.WeightsHeaderTruncated, $"{FileName}: header needs {length} bytes, file has {ByteLength}");
    }
}
