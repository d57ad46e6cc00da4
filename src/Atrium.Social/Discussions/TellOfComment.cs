using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Tells the people of a thing what was said about it: once each, not who said it, not who was named in it and is told so anyway, nobody who does
/// not see it, blocked or muted its author, or muted the thread.
/// </summary>
internal sealed class TellOfComment(SocialDb db, Things things, LocalAccounts locals, IEnumerable<IDiscussionFollowers> followers, Notifier notifier) : IEffect<CommentAdded>
{
    public async Task HandleAsync(CommentAdded happened, Delivery delivery, CancellationToken ct)
    {
        var id = new Id<Status>(happened.Comment);
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id && s.DeletedAt == null, ct);
        if (status is null || await things.CardAsync(happened.Thing, Actor.System, ct) is not { } card) return;
        var people = await PeopleAsync(card, ct);
        if (happened.By is { } by) people = [.. people.Where(p => p != by)];
        if (people.Count == 0) return;
        var willing = await WillingAsync(status, people, ct);
        if (willing.Count == 0) return;
        var from = await db.Accounts.Where(a => a.Id == status.AccountId).Select(a => new { a.MemberId, Name = a.DisplayName != "" ? a.DisplayName : a.Username }).FirstAsync(ct);
        var words = $"{from.Name} commented on {card.Title}";
        await db.WriteAsync(
            async token =>
            {
                // Whose thing it is has it among the mentions of their apps; whoever only follows the thing is told by the house.
                List<Id<Member>> others = [.. willing.Keys.Where(m => m != card.By)];
                if (card.By is { } owner && willing.TryGetValue(owner, out var account))
                    await notifier.TellAsync(new(NoticeType.Mention, status.AccountId, TellNamed.ActivityOf(status), status, Line: new(words, NoticeKinds.Comment, card.Thing)), [account], token);
                if (others.Count > 0) db.Publish(new NotificationRaised(NoticeKinds.Comment, others, card.Thing, from.MemberId, words, Once: KeyOf(status.Id)), card.Thing.ToString());
            },
            ct);
    }

    /// <summary>The key under which Home tells of a comment.</summary>
    public static string KeyOf(Id<Status> comment) => $"comment:{comment}";

    private async Task<IReadOnlyList<Id<Member>>> PeopleAsync(ThingCard card, CancellationToken ct)
    {
        var key = card.Thing.Key;
        if (followers.FirstOrDefault(f => f.Kind == card.Thing.Kind) is { } room && (await room.FollowersAsync([key], ct)).TryGetValue(key, out var people)) return [.. people.Distinct()];
        return card.By is { } owner ? [owner] : [];
    }

    private async Task<Dictionary<Id<Member>, Id<Account>>> WillingAsync(Status status, IReadOnlyList<Id<Member>> people, CancellationToken ct)
    {
        var accounts = await locals.OfAsync(people, ct);
        List<Id<Account>> ids = [.. accounts.Values];
        var (from, conversation, now) = (status.AccountId, status.ConversationId, db.Now);
        var deaf = (await db.Accounts.Where(a => ids.Contains(a.Id) && (
                db.Mentions.Any(m => m.StatusId == status.Id && m.AccountId == a.Id)
                || db.Mutes.Any(m => m.AccountId == a.Id && m.TargetId == from && m.HideNotifications && (m.ExpiresAt == null || m.ExpiresAt > now))
                || db.ThreadMutes.Any(m => m.AccountId == a.Id && m.ConversationId == conversation)
                || db.UserDomainBlocks.Any(d => d.AccountId == a.Id && db.Accounts.Any(f => f.Id == from && f.Domain == d.Domain))))
            .Select(a => a.Id).ToListAsync(ct)).ToHashSet();
        var viewers = accounts.Where(p => !deaf.Contains(p.Value)).Select(p => Viewer.OfMember(p.Key, p.Value)).ToList();
        return (await db.WhoSeesAsync(status.Id, viewers, ct)).ToDictionary(v => v.Actor.MemberId!.Value, v => v.Me!.Value);
    }
}
