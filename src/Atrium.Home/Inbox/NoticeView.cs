using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>A line of the inbox as its reader sees it.</summary>
/// <param name="Reason">Why they are told: “you were assigned”.</param>
/// <param name="Cause">What muting it mutes.</param>
/// <param name="Count">How many happenings it stands for.</param>
public sealed record NoticeView(
    Id<Notice> Id, string Kind, string Room, string Text, string Title, string Href, string Reason, Thing Subject, Thing Cause, ActorView? Actor, int Count, DateTimeOffset At, bool Read)
{
    /// <summary>Renders many, asking for their actors once.</summary>
    internal static async Task<IReadOnlyList<NoticeView>> OfAsync(IReadOnlyList<Notice> notices, IMembers members, NotificationKinds kinds, CancellationToken ct)
    {
        var actors = notices.Select(n => n.ActorId).OfType<Id<Member>>().Distinct().ToList();
        var cards = actors.Count == 0 ? new Dictionary<Id<Member>, MemberCard>() : await members.CardsAsync(actors, ct);
        return [.. notices.Select(n => new NoticeView(
            n.Id, n.Kind, n.Room, n.Text, n.Title, n.Href, kinds.ReasonOf(n.Kind), n.Subject, n.Cause,
            n.ActorId is { } by ? ActorView.Of(cards[by]) : null, n.Count, n.LatestAt, n.ReadAt is not null))];
    }
}

/// <summary>Who did something, as lists show them.</summary>
public sealed record ActorView(Id<Member> Id, string Handle, string Name, string? AvatarUrl, string Href)
{
    public static ActorView Of(MemberCard card) => new(card.Id, card.Handle, card.Name, card.AvatarUrl, card.Href);
}
