using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>One line in one member's inbox: what happened, to what, and why they are told.</summary>
public sealed class Notice
{
    /// <summary>The longest line kept, in characters.</summary>
    public const int LongestText = 500;

    public Id<Notice> Id { get; init; } = Id<Notice>.New();

    public Id<Member> MemberId { get; init; }

    /// <summary>A registered <see cref="NotificationKind"/>.</summary>
    public required string Kind { get; init; }

    public required string Room { get; init; }

    public Thing Subject { get; init; }

    /// <summary>What “mute this” mutes.</summary>
    public Thing Cause { get; init; }

    public Id<Member>? ActorId { get; set; }

    /// <summary>One plain line.</summary>
    public required string Text { get; set; }

    /// <summary>The subject's title when it was delivered.</summary>
    public required string Title { get; set; }

    public required string Href { get; set; }

    /// <summary>How many happenings this one line stands for.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Shown in the inbox; a reader who only wants mail has a row that is not.</summary>
    public bool Shown { get; init; } = true;

    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>When the newest of the bundle happened: the order of the inbox.</summary>
    public DateTimeOffset LatestAt { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Takes a later happening of the same kind and subject in.</summary>
    public void Join(string text, string title, string href, Id<Member>? actor, DateTimeOffset at)
    {
        Count++;
        (Text, Title, Href, ActorId, LatestAt) = (text, title, href, actor, at);
    }

    /// <summary>Stands for what is left of it.</summary>
    internal void Keep(IReadOnlyCollection<NoticePart> rest)
    {
        var newest = rest.MaxBy(p => p.At)!;
        (Count, Text, ActorId, LatestAt) = (rest.Count, newest.Text, newest.ActorId, newest.At);
    }
}
