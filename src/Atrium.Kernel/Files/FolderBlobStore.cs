using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Atrium.Kernel.Files;

/// <summary>
/// Blobs in a folder: <c>blobs/ab/cd/abcd…</c>, derived forms in <c>derived/ab/cd/abcd….form</c>. A blob is written beside, flushed to the
/// disk and renamed into place: it is there whole or not at all.
/// </summary>
public sealed class FolderBlobStore : IBlobStore
{
    private readonly string _blobs;
    private readonly string _derived;
    private readonly string _incoming;

    public FolderBlobStore(string folder)
    {
        _blobs = Path.Combine(folder, "blobs");
        _derived = Path.Combine(folder, "derived");
        _incoming = Path.Combine(folder, "incoming");
        Directory.CreateDirectory(_blobs);
        Directory.CreateDirectory(_derived);
        Directory.CreateDirectory(_incoming);
    }

    public async Task<BlobInfo> PutAsync(Stream content, long cap, CancellationToken ct = default)
    {
        var temporary = Temporary();
        try
        {
            var info = await SpoolAsync(content, temporary, cap, ct);
            Place(temporary, BlobPath(info.Hash));
            return info;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenAsync(string hash, ByteRange? range = null, CancellationToken ct = default)
    {
        var file = Open(BlobPath(hash));
        if (file is null || range is not { } stretch) return Task.FromResult(file);
        file.Seek(stretch.From, SeekOrigin.Begin);
        return Task.FromResult<Stream?>(new StretchStream(file, stretch.Length));
    }

    public Task<bool> ExistsAsync(string hash, CancellationToken ct = default) => Task.FromResult(File.Exists(BlobPath(hash)));

    public Task DeleteAsync(string hash, CancellationToken ct = default)
    {
        Remove(BlobPath(hash));
        var folder = Path.GetDirectoryName(DerivedPath(hash, "x"))!;
        if (Directory.Exists(folder))
            foreach (var form in Directory.EnumerateFiles(folder, hash + ".*")) File.Delete(form);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var file in new DirectoryInfo(_blobs).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            if (IsHash(file.Name)) yield return new(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }

        // What a crash left half-written belongs to no one.
        foreach (var file in new DirectoryInfo(_incoming).EnumerateFiles())
            if (TimeProvider.System.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > TimeSpan.FromDays(1)) file.Delete();
        await Task.CompletedTask;
    }

    public async Task PutDerivedAsync(string hash, string form, ReadOnlyMemory<byte> content, CancellationToken ct = default)
    {
        var temporary = Temporary();
        try
        {
            await File.WriteAllBytesAsync(temporary, content, ct);
            Place(temporary, DerivedPath(hash, form));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenDerivedAsync(string hash, string form, CancellationToken ct = default) => Task.FromResult(Open(DerivedPath(hash, form)));

    private static async Task<BlobInfo> SpoolAsync(Stream content, string temporary, long cap, CancellationToken ct)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[FileKind.SniffLength];
        long length = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                if (length + read > cap) throw Refusal.TooLarge($"A file may have up to {Sizes.Words(cap)}.");
                if (length < head.Length) buffer.AsSpan(0, (int)Math.Min(read, head.Length - length)).CopyTo(head.AsSpan((int)length));
                sha.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
                length += read;
            }

            file.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new(Convert.ToHexStringLower(sha.GetHashAndReset()), length, FileKind.Sniff(head.AsSpan(0, (int)Math.Min(length, head.Length))));
    }

    private string Temporary() => Path.Combine(_incoming, RandomKey.New());

    private static void Place(string temporary, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
        // The same bytes put again count as new: the sweep must not take them before their row is there.
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }

    private static Stream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Remove(string path)
    {
        if (File.Exists(path)) File.Delete(path);
    }

    private string BlobPath(string hash) => Path.Combine(_blobs, Fan(hash), hash);

    private string DerivedPath(string hash, string form) => form.Length is > 0 and < 40 && form.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '.')
        ? Path.Combine(_derived, Fan(hash), $"{hash}.{form}")
        : throw new ArgumentException("A form has lower-case letters, digits and dots.", nameof(form));

    private static string Fan(string hash) => IsHash(hash)
        ? Path.Combine(hash[..2], hash[2..4])
        : throw new ArgumentException("A blob is named by 64 lower-case hex digits.", nameof(hash));

    private static bool IsHash(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
