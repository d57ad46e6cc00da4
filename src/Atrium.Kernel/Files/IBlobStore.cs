namespace Atrium.Kernel.Files;

/// <summary>Bytes that are stored: named by what they are.</summary>
/// <param name="Hash">SHA-256, 64 lower-case hex digits.</param>
/// <param name="ContentType">As its first bytes say, never as someone claimed.</param>
public sealed record BlobInfo(string Hash, long Length, string ContentType);

/// <summary>A blob as the sweep finds it.</summary>
public sealed record StoredBlob(string Hash, long Length, DateTimeOffset WrittenAt);

/// <summary>A stretch of bytes.</summary>
public readonly record struct ByteRange(long From, long Length);

/// <summary>
/// Where bytes lie: a folder, or S3. Content-addressed, so that the same bytes lie there once and what is there never changes.
/// Beside a blob lie forms derived from it (pictures in other sizes), which can be made again.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores all of <paramref name="content"/>; when this returns it survives a power cut.</summary>
    /// <param name="cap">The most bytes; more is refused as <see cref="RefusalKind.TooLarge"/> and leaves nothing behind.</param>
    Task<BlobInfo> PutAsync(Stream content, long cap, CancellationToken ct = default);

    /// <summary>Opens a blob, or a stretch of it; null when it is not there.</summary>
    Task<Stream?> OpenAsync(string hash, ByteRange? range = null, CancellationToken ct = default);

    Task<bool> ExistsAsync(string hash, CancellationToken ct = default);

    /// <summary>Removes a blob and what was derived from it. Removing what is not there is no error.</summary>
    Task DeleteAsync(string hash, CancellationToken ct = default);

    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken ct = default);

    /// <summary>Keeps a form derived from a blob.</summary>
    /// <param name="form">Lower-case letters, digits and dots: <c>w320.webp</c>.</param>
    Task PutDerivedAsync(string hash, string form, ReadOnlyMemory<byte> content, CancellationToken ct = default);

    Task<Stream?> OpenDerivedAsync(string hash, string form, CancellationToken ct = default);
}
