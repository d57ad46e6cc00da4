using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>One happening that a line of an inbox stands for: a bundle has several. What is taken back, or done by somebody blocked since, leaves it.</summary>
internal sealed class NoticePart
{
    public Id<NoticePart> Id { get; init; } = Id<NoticePart>.New();

    public Id<Notice> NoticeId { get; init; }

    public Id<Member> MemberId { get; init; }

    /// <summary>As <see cref="Told.KeyOf"/> keeps it.</summary>
    public string? Once { get; init; }

    public Id<Member>? ActorId { get; set; }

    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }
}
