using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// Machine code that the driver made from PTX, kept in a folder. A cache is a help, never a duty: where the folder
/// cannot be written or an entry is damaged, the code is made again. Several processes may use one folder.
/// </summary>
/// <remarks>
/// An entry is a file named as its key: the magic, SHA-256 of all that follows, bytes of the log (32 bits, little
/// endian), the log in UTF-8, the machine code.
/// </remarks>
internal sealed class CubinCache(string folder, long limitBytes = CubinCache.DefaultLimitBytes)
{
    private const long DefaultLimitBytes = 512L << 20;
    private const string Extension = ".cubin";
    private const string TemporaryExtension = ".part";
    private const int LengthBytes = sizeof(int);

    private static readonly TimeSpan TemporaryLife = TimeSpan.FromHours(1);

    private static ReadOnlySpan<byte> Magic => "VICACUB1"u8;

    private static int HeaderBytes => Magic.Length + SHA256.HashSizeInBytes + LengthBytes;

    /// <summary>The cache in `vica/cubin` below XDG_CACHE_HOME, or below `.cache` of the home folder.</summary>
    internal static CubinCache OfUser()
    {
        string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(caches))
            caches = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new CubinCache(Path.Combine(caches, "vica", "cubin"));
    }

    /// <summary>The name of an entry: the same for the same PTX, options, driver and chip only.</summary>
    internal static string Key(string ptx, string options, int driverVersion, string chip)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in (ReadOnlySpan<string>)[ptx, options, $"{driverVersion}", chip])
        {
            byte[] text = Encoding.UTF8.GetBytes(part);
            byte[] length = new byte[sizeof(long)];
            // Lengths go in too: parts cannot run into each other.
            BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
            hash.AppendData(length);
            hash.AppendData(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The entry, or null when there is none that is whole.</summary>
    internal CachedCubin? Find(string key)
    {
        string file = FileOf(key);
        try
        {
            if (Read(File.ReadAllBytes(file)) is not { } entry)
            {
                Remove(key);
                return null;
            }

            // The oldest ones go first when the folder is full.
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
            return entry;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an entry, and drops the oldest ones when the folder holds more than it may.</summary>
    internal void Add(string key, CachedCubin entry)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string temporary = Path.Combine(folder, $"{key}.{Guid.NewGuid():N}{TemporaryExtension}");
            File.WriteAllBytes(temporary, Write(entry));
            File.Move(temporary, FileOf(key), overwrite: true);
            Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No cache, then.
        }
    }

    /// <summary>Drops an entry that turned out to be of no use.</summary>
    internal void Remove(string key)
    {
        try
        {
            File.Delete(FileOf(key));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is overwritten when its code is made again.
        }
    }

    private static byte[] Write(CachedCubin entry)
    {
        byte[] log = Encoding.UTF8.GetBytes(entry.Log);
        byte[] file = new byte[HeaderBytes + log.Length + entry.Cubin.Length];
        Span<byte> body = file.AsSpan(Magic.Length + SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteInt32LittleEndian(body, log.Length);
        log.CopyTo(body[LengthBytes..]);
        entry.Cubin.CopyTo(body[(LengthBytes + log.Length)..]);
        Magic.CopyTo(file);
        SHA256.HashData(body, file.AsSpan(Magic.Length));
        return file;
    }

    private static CachedCubin? Read(byte[] file)
    {
        if (file.Length <= HeaderBytes || !file.AsSpan().StartsWith(Magic))
            return null;
        ReadOnlySpan<byte> digest = file.AsSpan(Magic.Length, SHA256.HashSizeInBytes);
        ReadOnlySpan<byte> body = file.AsSpan(Magic.Length + SHA256.HashSizeInBytes);
        if (!digest.SequenceEqual(SHA256.HashData(body)))
            return null;
        int logBytes = BinaryPrimitives.ReadInt32LittleEndian(body);
        ReadOnlySpan<byte> rest = body[LengthBytes..];
        return new CachedCubin(rest[logBytes..].ToArray(), Encoding.UTF8.GetString(rest[..logBytes]));
    }

    private void Trim()
    {
        DirectoryInfo all = new(folder);
        foreach (FileInfo left in all.EnumerateFiles($"*{TemporaryExtension}"))
        {
            if (DateTime.UtcNow - left.LastWriteTimeUtc > TemporaryLife)
                left.Delete();
        }

        FileInfo[] entries = [.. all.EnumerateFiles($"*{Extension}").OrderByDescending(file => file.LastWriteTimeUtc)];
        long bytes = 0;
        foreach (FileInfo entry in entries)
        {
            bytes += entry.Length;
            if (bytes > limitBytes)
                entry.Delete();
        }
    }

    private string FileOf(string key) => Path.Combine(folder, key + Extension);
}
