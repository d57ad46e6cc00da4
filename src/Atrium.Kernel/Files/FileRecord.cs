namespace Atrium.Kernel.Files;

/// <summary>A file someone brought: a name and an audience for a blob.</summary>
public sealed class FileRecord
{
    public Id<FileRecord> Id { get; init; } = Id<FileRecord>.New();

    /// <summary>The blob: SHA-256 in hex.</summary>
    public required string Hash { get; init; }

    public long Length { get; init; }

    /// <summary>As sniffed, never as claimed.</summary>
    public required string ContentType { get; init; }

    /// <summary>The name it is downloaded by.</summary>
    public required string FileName { get; init; }

    /// <summary>Pixels; null when it is no picture.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Blurhash { get; init; }

    /// <summary>Who brought it; null for the house itself.</summary>
    public Id<Member>? OwnerId { get; init; }

    /// <summary>Who may read it: its owner alone until it is attached to something that says otherwise.</summary>
    public Audience Audience { get; set; }

    /// <summary>How many things hold it. What nobody holds for a day is swept away.</summary>
    public int Attached { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nobody holds it; null while someone does.</summary>
    public DateTimeOffset? LooseSince { get; set; }

    public string Url => UrlOf(Id, FileName);

    /// <summary>The address of a file: its name is for people, its id counts.</summary>
    public static string UrlOf(Id<FileRecord> id, string fileName) => $"/files/{id}/{Uri.EscapeDataString(fileName)}";
}
