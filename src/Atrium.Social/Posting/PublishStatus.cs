using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Posts, in one transaction: the post, what it names and holds, counters, homes and notifications.</summary>
internal sealed class PublishStatus(SocialDb db, StatusDraft drafting, Notifier notifier, TellNamed naming, TellWatchers watchers, StatusParts parts)
{
    /// <param name="key">The same key within 24 hours answers the post that was made under it.</param>
    /// <exception cref="Refusal">Invalid: <c>text_blank</c>, <c>text_too_long</c>, <c>media_in_use</c>, <c>media_not_ready</c>, <c>poll_invalid</c> …; not found: what is answered or quoted; forbidden.</exception>
    public async Task<Id<Status>> HandleAsync(NewStatus wanted, Viewer viewer, string? key, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (key is not null && (await db.MadeBeforeAsync(me, key, ct))?.StatusId is { } before) return before;
        var plan = await drafting.PrepareAsync(wanted, viewer, ct);
        if (await db.OnceAsync(me, key, async token => new Made(await WriteAsync(plan, key, token)), ct) is { } made) return made.Id;
        // The same request, a moment earlier, on another connection.
        return (await db.MadeBeforeAsync(me, key!, ct))?.StatusId ?? throw Refusal.Unavailable();
    }

    /// <summary>Takes in a post that was written elsewhere, in the transaction under way.</summary>
    /// <param name="plan">With its arrival; its pictures are new rows.</param>
    public async Task<Id<Status>> ArriveAsync(StatusPlan plan, CancellationToken ct)
    {
        db.Media.AddRange(plan.Media);
        await db.SaveChangesAsync(ct);
        return await WriteAsync(plan, key: null, ct);
    }

    private async Task<Id<Status>> WriteAsync(StatusPlan plan, string? key, CancellationToken ct)
    {
        var (author, wanted) = (plan.Author, plan.Wanted);
        var id = plan.Arrived is { } arrived ? await StatusIds.ForAsync(db, arrived.At, ct) : await StatusIds.NextAsync(db, ct);
        if (key is not null) db.IdempotentPosts.Add(new() { AccountId = author.Id, Key = key, StatusId = id, CreatedAt = db.Now });
        var status = plan.ToStatus(id, plan.Audience ?? await Audiences.OfAsync(db, id, author, plan.Visibility, plan.Group, plan.NamedMembers, ct), db.Now);
        status.PollId = parts.AddPoll(status, wanted.Poll);
        db.Statuses.Add(status);
        db.StatusStats.Add(new() { StatusId = id });
        db.Mentions.AddRange(plan.Mentions.Select(m => new Mention { StatusId = id, AccountId = m.Account.Id, Silent = m.Silent }));
        var tags = await parts.AddTagsAsync(status, plan.Names.Tags, ct);
        await parts.AttachMediaAsync(status, plan.Media, ct);
        await parts.AddQuoteAsync(status, plan.Quoted, ct);
        if (status.Visibility == Visibility.Direct) await parts.TouchConversationsAsync(status, plan.Mentions, ct);
        await db.SaveChangesAsync(ct);

        await parts.CountAsync(status, author.LastStatusAt, ct);
        await HomeFan.OutAsync(db, status, author.IsLocal, plan.Followers, tags, ct);
        await TellAsync(status, plan, ct);
        db.OfPost(status);
        db.OfTags(status, status.Document.Tags.Select(t => t.Name));
        if (plan.Missing > 0) db.Publish(new NamesWait(id, 0), id.ToString());
        if (tags.Count > 0 && status.Visibility == Visibility.Public) db.Publish(new StatusTagged(id), id.ToString());
        if (plan.Poll is { Seconds: { } open } && status.PollId is { } poll) db.Publish(new PollEnds(poll), due: db.Now.AddSeconds(open));
        db.Announce(SocialTopics.Statuses, id.Value, "update");
        await ThreadTopic.WakeAsync(db, status, ct);
        return id;
    }

    private async Task TellAsync(Status status, StatusPlan plan, CancellationToken ct)
    {
        await naming.HandleAsync(status, plan.Mentions, ct);
        if (plan.Quoted is { } quoted && quoted.AccountId != status.AccountId)
            await notifier.TellAsync(new(NoticeType.Quote, status.AccountId, $"status:{status.Id}", status), [quoted.AccountId], ct);
        if (status.InReplyTo is not null || status.Visibility == Visibility.Direct || !plan.Watched) return;
        await watchers.TellAsync(status, default, ct);
    }

    private sealed record Made(Id<Status> Id);
}
