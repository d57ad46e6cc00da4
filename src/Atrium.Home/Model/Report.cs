using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>What may be wrong with a thing.</summary>
public enum ReportCategory
{
    Spam,
    Harassment,
    Illegal,
    Harmful,
    Private,
    Other,
}

/// <summary>One member's word that something is wrong. Never shown to whom it concerns.</summary>
public sealed class Report
{
    public const int LongestComment = 2000;

    public Id<Report> Id { get; init; } = Id<Report>.New();

    public Id<Case> CaseId { get; init; }

    /// <summary>Null once the reporter is gone.</summary>
    public Id<Member>? ReporterId { get; set; }

    public ReportCategory Category { get; init; }

    public string? Comment { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What moderators tell each other about a case.</summary>
public sealed class CaseNote
{
    public Id<CaseNote> Id { get; init; } = Id<CaseNote>.New();

    public Id<Case> CaseId { get; init; }

    public Id<Member>? AuthorId { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
