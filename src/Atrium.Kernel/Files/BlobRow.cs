namespace Atrium.Kernel.Files;

/// <summary>A blob the house keeps. Its row is written before any file that names it and removed before its bytes are.</summary>
public sealed class BlobRow
{
    public required string Hash { get; init; }

    public long Length { get; init; }

    /// <summary>Marks a blob whose bytes are being removed: no file may become these bytes until the row is gone.</summary>
    internal const int Doomed = -1;

    /// <summary>How many files are these bytes; <see cref="Doomed"/> while they are being removed.</summary>
    public int Refs { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
