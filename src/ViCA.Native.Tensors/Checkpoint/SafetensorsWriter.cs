using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// Writes a safetensors file: all tensors are declared first, then their data follow, in pieces of any size and any order.
/// The file gets its name only when it is complete; until then it has a temporary one in the same folder, which
/// <see cref="Dispose"/> deletes.
/// </summary>
public sealed class SafetensorsWriter : IDisposable
{
    private const int Alignment = 8;
    private const int BufferBytes = 1 << 20;

    private static readonly DType[] ReferenceOrder = [DType.F32, DType.BF16, DType.F16];

    private readonly string _path;
    private readonly string _shown;
    private readonly string _temporaryPath;
    private readonly bool _overwrite;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly FileStream _stream;
    private bool _completed;

    private SafetensorsWriter(
        string path,
        string shown,
        IReadOnlyList<TensorDeclaration> tensors,
        byte[] header,
        long fileBytes,
        bool overwrite)
    {
        _path = path;
        _shown = shown;
        _temporaryPath = TemporaryPath(path);
        _overwrite = overwrite;
        _stream = OpenTemporary(fileBytes);
        try
        {
            Write(header);
        }
        catch
        {
            Dispose();
            throw;
        }
        long begin = header.Length;
        foreach (TensorDeclaration tensor in tensors)
        {
            _places.Add(tensor.Name, new Place(begin, tensor.ByteLength));
            begin += tensor.ByteLength;
        }
    }

    /// <summary>
    /// Starts a file. Throws <see cref="UsageException"/> `usage_output` when it exists and may not be overwritten, or
    /// cannot be created, and <see cref="ResourceException"/> `resource_disk` when the disk has no room for all of it.
    /// Messages name the file <paramref name="displayName"/>, which is the path where that is null.
    /// </summary>
    public static SafetensorsWriter Create(
        string path,
        IReadOnlyList<TensorDeclaration> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        bool overwrite = false,
        string? displayName = null)
    {
        string shown = PrintableText.Clip(displayName ?? path);
        RequireAbsent(path, shown, overwrite);
        byte[] header = Header(tensors, metadata ?? new Dictionary<string, string>());
        long fileBytes = tensors.Aggregate((long)header.Length, (sum, tensor) => checked(sum + tensor.ByteLength));
        string folder = Folder(path);
        if (!Directory.Exists(folder))
            throw new UsageException(ErrorCodes.UsageOutput, $"{shown}: its folder does not exist");
        DiskSpace.Require(folder, fileBytes, shown);
        return new SafetensorsWriter(path, shown, tensors, header, fileBytes, overwrite);
    }

    /// <summary>The order in which the reference implementation writes tensors: F32, BF16, F16, then by name.</summary>
    public static IReadOnlyList<TensorDeclaration> InReferenceOrder(IEnumerable<TensorDeclaration> tensors) =>
        [.. tensors.OrderBy(t => Array.IndexOf(ReferenceOrder, t.DType)).ThenBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>Data that follow what was last appended to the tensor <paramref name="name"/>.</summary>
    public void Append<T>(string name, ReadOnlySpan<T> data)
        where T : unmanaged => WriteAt(name, _places[name].Written, data);

    /// <summary>Data at a byte offset within the tensor <paramref name="name"/>. Each byte must be written exactly once.</summary>
    public void WriteAt<T>(string name, long byteOffset, ReadOnlySpan<T> data)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(data);
        Place place = _places[name];
        if (byteOffset < 0 || bytes.Length > place.Length - byteOffset || bytes.Length > place.Length - place.Written)
            throw new ArgumentException($"'{name}' has no room for {bytes.Length} bytes at {byteOffset}", nameof(data));
        if (_stream.Position != place.Begin + byteOffset)
            _stream.Position = place.Begin + byteOffset;
        Write(bytes);
        place.Written += bytes.Length;
    }

    /// <summary>Gives the file its name. All data must have been written.</summary>
    public void Complete()
    {
        foreach ((string name, Place place) in _places)
        {
            if (place.Written < place.Length)
                throw new InvalidOperationException($"'{name}' lacks {place.Length - place.Written} bytes");
        }

        try
        {
            // A name must not outlive a crash that its content does not.
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_temporaryPath, _path, _overwrite);
            _completed = true;
            DiskSync.Folder(Folder(_path));
        }
        catch (IOException exception) when (DiskSpace.IsFull(exception))
        {
            throw DiskSpace.Full(_shown, "while writing", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RequireAbsent(_path, _shown, _overwrite);
            throw CannotWrite(exception);
        }
    }

    /// <summary>Closes the file and, unless <see cref="Complete"/> was reached, deletes what was written.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException) when (!_completed)
        {
            // The last buffer did not fit on a full disk; the file is deleted anyway.
        }
        if (!_completed)
            File.Delete(_temporaryPath);
    }

    private static void RequireAbsent(string path, string shown, bool overwrite)
    {
        if (Directory.Exists(path))
            throw new UsageException(ErrorCodes.UsageOutput, $"{shown} is a folder");
        if (!overwrite && File.Exists(path))
            throw new UsageException(ErrorCodes.UsageOutput, $"{shown} exists; use --force");
    }

    private static string Folder(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetPathRoot(path)!;

    private static string TemporaryPath(string path) =>
        Path.Combine(Folder(path), $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.partial");

    private static byte[] Header(IReadOnlyList<TensorDeclaration> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream stream = new();
        stream.Write(stackalloc byte[sizeof(ulong)]);
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(stream, options))
            WriteHeader(json, tensors, metadata);
        while (stream.Length % Alignment != 0)
            stream.WriteByte((byte)' ');
        byte[] header = stream.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)header.Length - sizeof(ulong));
        return header;
    }

    private static void WriteHeader(
        Utf8JsonWriter json, IReadOnlyList<TensorDeclaration> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        HashSet<string> names = new([SafetensorsHeader.MetadataKey], StringComparer.Ordinal);
        json.WriteStartObject();
        if (metadata.Count > 0)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
        }
        long begin = 0;
        foreach (TensorDeclaration tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"'{tensor.Name}' is declared twice", nameof(tensors));
            long end = checked(begin + tensor.ByteLength);
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", ElementType.Of(tensor.DType).Name);
            WriteNumbers(json, "shape", tensor.Shape);
            WriteNumbers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
            begin = end;
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, IEnumerable<long> values)
    {
        json.WriteStartArray(key);
        foreach (long value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    // The whole size is reserved at once, so that a full disk is known before the work and not after it.
    private FileStream OpenTemporary(long fileBytes)
    {
        try
        {
            return new FileStream(_temporaryPath, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                BufferSize = BufferBytes,
                PreallocationSize = fileBytes,
            });
        }
        catch (IOException exception) when (DiskSpace.IsFull(exception))
        {
            throw DiskSpace.Full(_shown, $"(expected {DiskSpace.Format(fileBytes)} free)", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException exception) when (DiskSpace.IsFull(exception))
        {
            throw DiskSpace.Full(_shown, "while writing", exception);
        }
        catch (IOException exception)
        {
            throw CannotWrite(exception);
        }
    }

    private UsageException CannotWrite(Exception exception) =>
        new(ErrorCodes.UsageOutput, $"{_shown}: cannot be written; check its folder", exception);

    private sealed class Place(long begin, long length)
    {
        public long Begin => begin;

        public long Length => length;

        public long Written { get; set; }
    }
}
