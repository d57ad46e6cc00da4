using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Operations;

namespace Atrium.Home;

/// <summary>A ZIP of all that is a member's, to be fetched for some days by a private link.</summary>
public sealed class ExportArchive
{
    public const string Kind = "export";

    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public Id<ExportArchive> Id { get; init; } = Id<ExportArchive>.New();

    public Id<Member> MemberId { get; init; }

    /// <summary>One archive per operation, though it run again after a crash.</summary>
    public Id<Operation> OperationId { get; init; }

    /// <summary>The ZIP in the file store.</summary>
    public Id<FileRecord> FileId { get; init; }

    public long Length { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; set; }
}
