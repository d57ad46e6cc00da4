using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Writes what hangs on a post, inside the transaction that writes the post.</summary>
internal sealed class StatusParts(SocialDb db)
{
    private static readonly TimeSpan LastKept = TimeSpan.FromMinutes(10);

    public Id<Poll>? AddPoll(Status status, NewPoll? wanted)
    {
        if (wanted is null) return null;
        var poll = new Poll { StatusId = status.Id, Multiple = wanted.Multiple, HideTotals = wanted.HideTotals, ExpiresAt = wanted.Seconds is { } open ? db.Now.AddSeconds(open) : null };
        db.Polls.Add(poll);
        db.PollOptions.AddRange(wanted.Options.Select((title, i) => new PollOption { PollId = poll.Id, Index = i, Title = title.Trim() }));
        return poll.Id;
    }

    /// <summary>The tags of a post; those never used before are made.</summary>
    public async Task<IReadOnlyCollection<Id<Hashtag>>> AddTagsAsync(Status status, IReadOnlyCollection<string> tags, CancellationToken ct)
    {
        var ids = await TagsAsync(tags, ct);
        db.StatusTags.AddRange(ids.Select(t => new StatusTag { TagId = t, StatusId = status.Id, AccountId = status.AccountId }));
        return ids;
    }

    /// <summary>Tags by their words, made where they are new.</summary>
    public async Task<IReadOnlyCollection<Id<Hashtag>>> TagsAsync(IReadOnlyCollection<string> tags, CancellationToken ct)
    {
        if (tags.Count == 0) return [];
        List<object> parameters = [];
        List<string> rows = [];
        foreach (var tag in tags)
        {
            rows.Add($"({{{parameters.Count}}}, {{{parameters.Count + 1}}}, {{{parameters.Count + 2}}})");
            parameters.AddRange([Id<Hashtag>.New().Value, PostText.TagKey(tag), tag]);
        }

        var sql = $"INSERT INTO social_hashtag (id, name, display) VALUES {string.Join(", ", rows)} ON CONFLICT DO NOTHING";
        await db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
        List<string> keys = [.. tags.Select(PostText.TagKey)];
        return await db.Hashtags.Where(t => keys.Contains(t.Name)).Select(t => t.Id).ToListAsync(ct);
    }

    /// <summary>Gives pictures to a post. Of two posts that want one, the second is refused.</summary>
    public async Task AttachMediaAsync(Status status, IReadOnlyList<Media> media, CancellationToken ct)
    {
        if (media.Count == 0) return;
        List<Id<Media>> ids = [.. media.Select(m => m.Id)];
        var taken = await db.Media.Where(m => ids.Contains(m.Id) && m.AccountId == status.AccountId && m.StatusId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusId, status.Id).SetProperty(m => m.ScheduledId, (Id<ScheduledStatus>?)null), ct);
        if (taken < ids.Count) throw Refusal.Invalid("media_ids", "Media is attached to another post already", "media_in_use");
        if (ids.Count > 1)
            for (var i = 0; i < ids.Count; i++)
            {
                var (id, place) = (ids[i], i);
                await db.Media.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Position, place), ct);
            }
    }

    public async Task AddQuoteAsync(Status status, Status? quoted, CancellationToken ct)
    {
        if (quoted is null) return;
        db.Quotes.Add(new() { QuotingId = status.Id, QuotedId = quoted.Id, QuotedAccountId = quoted.AccountId, State = quoted.IsLocal ? QuoteState.Accepted : QuoteState.Pending });
        await Heard(db, status, quoted.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Quotes, s => s.Quotes + 1), ct);
    }

    /// <summary>Counts a new post where it counts.</summary>
    /// <param name="lastAt">When its author last posted, as far as that is written down.</param>
    public async Task CountAsync(Status status, DateTimeOffset? lastAt, CancellationToken ct)
    {
        var now = status.CreatedAt;
        if (status.IsCounted)
        {
            await db.AccountStats.Where(s => s.AccountId == status.AccountId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Statuses, s => s.Statuses + 1), ct);
            CountsTopic.Wake(db, status.AccountId);
        }

        // Shown as a date, and sorted by: who posts a lot need not write it each time.
        if (status.IsCounted && (lastAt is null || now - lastAt > LastKept))
            await db.Accounts.Where(a => a.Id == status.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStatusAt, now), ct);
        if (status.InReplyTo is { } parent && status.Visibility != Visibility.Direct)
            await Heard(db, status, parent).ExecuteUpdateAsync(set => set.SetProperty(s => s.Replies, s => s.Replies + 1), ct);
        if (status is { DiscussionId: { } discussion, Kind: StatusKind.Note })
        {
            // As for answers: what is said to fewer than see the thing is counted nowhere.
            var (open, audience) = (status.IsOpen, status.Audience);
            if (status.Visibility != Visibility.Direct)
                await db.Discussions.Where(d => d.Id == discussion && (open || d.Audience == audience)).ExecuteUpdateAsync(set => set.SetProperty(d => d.Comments, d => d.Comments + 1), ct);
            var thing = await db.Discussions.Where(d => d.Id == discussion).Select(d => d.Thing).FirstAsync(ct);
            db.Publish(new CommentAdded(thing, status.Id.Value, status.WrittenBy), thing.ToString());
            db.Announce($"discussion:{thing}", status.Id.Value);
        }
    }

    /// <summary>
    /// The counters of what a post answers or quotes, if they may tell of it: where it is said to fewer than see them, they would betray that it
    /// is there.
    /// </summary>
    public static IQueryable<StatusStats> Heard(SocialDb db, Status status, Id<Status> other)
    {
        var (open, audience) = (status.IsOpen, status.Audience);
        return db.StatusStats.Where(s => s.StatusId == other && (open || db.Statuses.Any(o => o.Id == other && o.Audience == audience)));
    }

    /// <summary>Puts a private post at the top of the conversation of all who are in it.</summary>
    /// <param name="only">Those to whom it is new; null is all of them.</param>
    public async Task TouchConversationsAsync(Status status, IReadOnlyList<PlannedMention> mentions, CancellationToken ct, IReadOnlyCollection<Id<Account>>? only = null)
    {
        List<Id<Account>> all = [status.AccountId, .. mentions.Select(m => m.Account.Id)];
        List<Id<Account>> here = [status.AccountId, .. mentions.Where(m => m.Account.IsLocal).Select(m => m.Account.Id)];
        if (only is not null) here.RemoveAll(a => !only.Contains(a));
        var rows = await db.Conversations.AsTracking().Where(c => c.ConversationId == status.ConversationId && here.Contains(c.AccountId)).ToListAsync(ct);
        foreach (var account in here.Distinct())
        {
            var row = rows.Find(r => r.AccountId == account);
            if (row is null) db.Conversations.Add(row = new() { AccountId = account, ConversationId = status.ConversationId });
            row.LastStatusId = status.Id;
            row.Others = [.. all.Where(a => a != account).Select(a => a.Value).Concat(row.Others).Distinct()];
            row.Unread = account != status.AccountId;
            row.Removed = false;
            OwnTopic.Wake(db, OwnTopic.MessagesOf(account), status.Id.Value);
        }
    }
}
