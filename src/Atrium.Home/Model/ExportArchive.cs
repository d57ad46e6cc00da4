using Atrium.Kernel;
using Atrium.Kernel.Operations;

namespace Atrium.Home;

/// <summary>A ZIP of all that is a member's, to be fetched for some days by a private link.</summary>
internal sealed class ExportArchive
{
    public const string Kind = "export";

    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public Id<ExportArchive> Id { get; init; } = Id<ExportArchive>.New();

    public Id<Member> MemberId { get; init; }

    /// <summary>One archive per operation, though it run again after a crash.</summary>
    public Id<Operation> OperationId { get; init; }

    /// <summary>Its name in the export folder.</summary>
    public required string FileName { get; init; }

    /// <summary>Hash of the private link's key.</summary>
    public required string KeyHash { get; init; }

    public long Length { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
