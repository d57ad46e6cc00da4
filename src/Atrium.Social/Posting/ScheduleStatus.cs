using System.Text.Json.Nodes;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A post's hour has come.</summary>
[EventName("social.schedule_due")]
internal sealed record ScheduleDue(Id<ScheduledStatus> Scheduled);

internal sealed record ScheduledStatusEntity(string Id, DateTimeOffset ScheduledAt, JsonObject Params, IReadOnlyList<MediaEntity> MediaAttachments);

/// <summary>Keeps a post for its hour; the outbox posts it, once, whatever happens meanwhile.</summary>
internal sealed class ScheduleStatus(SocialDb db, StatusDraft drafting, HouseLimits limits, PublishStatus publish, Viewers viewers, Contracts.Accounts.IMembers members, EntityWriter write) : IReaction<ScheduleDue>
{
    private const int Tries = 3;
    private const string Before = "before_post";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public DateTimeOffset Now => db.Now;

    /// <exception cref="Refusal">Invalid: <c>schedule_too_soon</c>, <c>schedule_limit</c>, or whatever a post is refused for.</exception>
    /// <param name="key">The same key within 24 hours answers what was kept under it.</param>
    public async Task<ScheduledStatusEntity> AddAsync(NewStatus wanted, DateTimeOffset at, Viewer viewer, CancellationToken ct, string? key = null)
    {
        var me = viewer.Demand();
        if (key is not null && await KeptBeforeAsync(me, key, ct) is { } before) return await EntityAsync(before, ct);
        DemandAhead(at);
        await drafting.PrepareAsync(wanted, viewer, ct);
        var row = new ScheduledStatus { AccountId = me, Params = wanted.ToJson(), RunAt = at };
        var kept = await db.OnceAsync(me, key is null ? null : KeyOf(key), async token => await KeepAsync(row, wanted, key, token), ct) ?? await KeptBeforeAsync(me, key!, ct) ?? throw Refusal.Unavailable();
        return await EntityAsync(kept, ct);
    }

    public async Task<ScheduledStatusEntity> MoveAsync(Id<ScheduledStatus> id, DateTimeOffset at, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        DemandAhead(at);
        var row = await db.WriteAsync(
            async token =>
            {
                var found = await WaitingAsync(id, me, token);
                await DemandRoomAsync(me, at, id, token);
                (found.RunAt, found.State, found.Attempts, found.Failure) = (at, ScheduleState.Waiting, 0, null);
                db.Publish(new ScheduleDue(id), due: at);
                return found;
            },
            ct);
        return await EntityAsync(row, ct);
    }

    /// <summary>Puts other words in place of those that wait, for the same hour or another.</summary>
    public async Task EditAsync(Id<ScheduledStatus> id, NewStatus wanted, DateTimeOffset at, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        DemandAhead(at);
        await drafting.PrepareAsync(wanted with { Instead = id }, viewer, ct);
        List<Id<Media>> media = [.. wanted.Media];
        await db.WriteAsync(
            async token =>
            {
                var found = await WaitingAsync(id, me, token);
                await DemandRoomAsync(me, at, id, token);
                (found.Params, found.RunAt, found.State, found.Attempts, found.Failure) = (wanted.ToJson(), at, ScheduleState.Waiting, 0, null);
                await db.SaveChangesAsync(token);
                await db.Media.Where(m => m.ScheduledId == id && !media.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.ScheduledId, (Id<ScheduledStatus>?)null), token);
                await db.Media.Where(m => media.Contains(m.Id) && m.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(m => m.ScheduledId, id), token);
                db.Publish(new ScheduleDue(id), due: at);
            },
            ct);
    }

    /// <summary>Posts what waits at once: the same words, or <paramref name="instead"/>. Its hour then finds nothing to do.</summary>
    public async Task<Id<Status>> PublishNowAsync(Id<ScheduledStatus> id, NewStatus? instead, Viewer viewer, CancellationToken ct)
    {
        var row = await WaitingAsync(id, viewer.Demand(), ct);
        var wanted = instead ?? NewStatus.FromJson(row.Params);
        db.ChangeTracker.Clear();
        // The same key as its hour would use: whichever comes first, there is one post.
        var status = await PublishAsync(wanted, viewer, id, ct);
        await db.Scheduled.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, ScheduleState.Published), ct);
        await db.Media.Where(m => m.ScheduledId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ScheduledId, (Id<ScheduledStatus>?)null), ct);
        return status;
    }

    /// <summary>A post of one's own that still waits, for its hour or for its author.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<ScheduledStatus> WaitingAsync(Id<ScheduledStatus> id, Viewer viewer, CancellationToken ct) => await WaitingAsync(id, viewer.Demand(), ct);

    public Task CancelAsync(Id<ScheduledStatus> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                if (await db.Scheduled.Where(s => s.Id == id && s.AccountId == me && s.State != ScheduleState.Published).ExecuteDeleteAsync(token) == 0) throw Refusal.NotFound("Record not found");
                await db.Media.Where(m => m.ScheduledId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ScheduledId, (Id<ScheduledStatus>?)null), token);
                await db.IdempotentPosts.Where(p => p.AccountId == me && p.ScheduledId == id).ExecuteDeleteAsync(token);
            },
            ct);
    }

    public async Task<PageOf<ScheduledStatus>> ListAsync(Paging paging, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await paging.CutAsync(db.Scheduled.Where(s => s.AccountId == me && s.State == ScheduleState.Waiting), s => s.Id, ct);
    }

    public async Task<ScheduledStatusEntity> OneAsync(Id<ScheduledStatus> id, Viewer viewer, CancellationToken ct)
    {
        return await EntityAsync(await WaitingAsync(id, viewer.Demand(), ct), ct);
    }

    /// <summary>What could not go out at its hour, and why; it waits for its author.</summary>
    public Task<List<ScheduledStatus>> MissedAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.Scheduled.Where(s => s.AccountId == me && s.State == ScheduleState.Failed).OrderBy(s => s.RunAt).Take(SocialLimits.MostScheduled).ToListAsync(ct);
    }

    /// <summary>Posts what is due. The schedule's id is the key, so that a second try finds the first one's post.</summary>
    public async Task HandleAsync(ScheduleDue happened, CancellationToken ct)
    {
        var row = await db.Scheduled.FirstOrDefaultAsync(s => s.Id == happened.Scheduled, ct);
        if (row is not { State: ScheduleState.Waiting } || row.RunAt > db.Now.AddSeconds(1)) return;
        var member = await db.Accounts.Where(a => a.Id == row.AccountId).Select(a => a.MemberId).FirstOrDefaultAsync(ct);
        if (member is not { } id || await members.ActorAsync(id, "web", ct) is not { } actor)
        {
            await MissAsync(row, member, "You could not post then.", again: false, ct);
            return;
        }

        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Before, ct);
        try
        {
            await db.Media.Where(m => m.ScheduledId == row.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ScheduledId, (Id<ScheduledStatus>?)null), ct);
            await PublishAsync(NewStatus.FromJson(row.Params), await viewers.OfAsync(actor, ct), row.Id, ct);
            await db.Scheduled.Where(s => s.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, ScheduleState.Published).SetProperty(s => s.Attempts, s => s.Attempts + 1), ct);
        }
        catch (Refusal refusal)
        {
            // Nothing of a post that failed stays, and what it holds is held still.
            await transaction.RollbackToSavepointAsync(Before, ct);
            db.ChangeTracker.Clear();
            await MissAsync(row, member, refusal.Message, again: refusal.Kind is RefusalKind.Conflict or RefusalKind.TooMany or RefusalKind.Unavailable, ct);
        }
    }

    private async Task<ScheduledStatus> KeepAsync(ScheduledStatus row, NewStatus wanted, string? key, CancellationToken ct)
    {
        await DemandRoomAsync(row.AccountId, row.RunAt, null, ct);
        if (key is not null) db.IdempotentPosts.Add(new() { AccountId = row.AccountId, Key = KeyOf(key), ScheduledId = row.Id, CreatedAt = db.Now });
        db.Scheduled.Add(row);
        List<Id<Media>> media = [.. wanted.Media];
        await db.SaveChangesAsync(ct);
        await db.Media.Where(m => media.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.ScheduledId, row.Id), ct);
        db.Publish(new ScheduleDue(row.Id), due: row.RunAt);
        return row;
    }

    private async Task<ScheduledStatus?> KeptBeforeAsync(Id<Account> me, string key, CancellationToken ct) =>
        (await db.MadeBeforeAsync(me, KeyOf(key), ct))?.ScheduledId is { } kept ? await db.Scheduled.FirstOrDefaultAsync(s => s.Id == kept, ct) : null;

    // A key that made a post at once may keep another for its hour.
    private static string KeyOf(string key) => "at:" + key;

    private async Task<Id<Status>> PublishAsync(NewStatus wanted, Viewer viewer, Id<ScheduledStatus> id, CancellationToken ct)
    {
        try
        {
            return await publish.HandleAsync(wanted, viewer, $"scheduled:{id}", ct);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            throw Refusal.Invalid("text", "What it answers or quotes is no longer there.", "gone");
        }
    }

    /// <summary>Nothing came of it for a day: its author is told, and it waits for them. In a transaction of its own.</summary>
    public Task GiveUpAsync(Id<ScheduledStatus> id, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var found = await (
                from s in db.Scheduled
                join a in db.Accounts on s.AccountId equals a.Id
                where s.Id == id && s.State == ScheduleState.Waiting
                select new { Row = s, a.MemberId }).FirstOrDefaultAsync(token);
            if (found is not null) await MissAsync(found.Row, found.MemberId, "Something went wrong on our side.", again: false, token);
        },
        ct);

    // What may pass is tried again; otherwise the author is told, once, and the post waits for them.
    private async Task MissAsync(ScheduledStatus row, Id<Member>? author, string why, bool again, CancellationToken ct)
    {
        var attempts = row.Attempts + 1;
        var state = again && attempts < Tries ? ScheduleState.Waiting : ScheduleState.Failed;
        await db.Scheduled.Where(s => s.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, state).SetProperty(s => s.Attempts, attempts).SetProperty(s => s.Failure, why), ct);
        if (state == ScheduleState.Waiting) db.Publish(new ScheduleDue(row.Id), due: db.Now + (attempts * Pause));
        else if (author is { } member)
            db.Publish(new NotificationRaised(
                NoticeKinds.Unposted, [member], Thing.Of("account", row.AccountId), null, $"Your scheduled post could not go out: {why}", Once: $"unposted:{row.Id}:{row.RunAt.UtcTicks}", Href: "/social/drafts"));
    }

    public async Task<ScheduledStatusEntity> EntityAsync(ScheduledStatus row, CancellationToken ct)
    {
        var wanted = NewStatus.FromJson(row.Params);
        List<Id<Media>> ids = [.. wanted.Media];
        var media = ids.Count == 0 ? [] : await db.Media.Where(m => ids.Contains(m.Id)).ToListAsync(ct);
        return new(row.Id.ToString(), row.RunAt, Params(wanted, row), [.. ids.Select(i => media.Find(m => m.Id == i)).OfType<Media>().Select(m => write.Media(m.Document))]);
    }

    private async Task<ScheduledStatus> WaitingAsync(Id<ScheduledStatus> id, Id<Account> me, CancellationToken ct) =>
        await db.Scheduled.AsTracking().FirstOrDefaultAsync(s => s.Id == id && s.AccountId == me && s.State != ScheduleState.Published, ct) ?? throw Refusal.NotFound("Record not found");

    private static JsonObject Params(NewStatus wanted, ScheduledStatus row) => new()
    {
        ["text"] = wanted.Text,
        ["poll"] = wanted.Poll is not { } poll ? null : new JsonObject
        {
            ["options"] = new JsonArray([.. poll.Options.Select(o => JsonValue.Create(o))]), ["expires_in"] = poll.Seconds?.ToString(System.Globalization.CultureInfo.InvariantCulture), ["multiple"] = poll.Multiple, ["hide_totals"] = poll.HideTotals,
        },
        ["media_ids"] = wanted.Media.Count == 0 ? null : new JsonArray([.. wanted.Media.Select(m => JsonValue.Create(m.ToString()))]),
        ["sensitive"] = wanted.Sensitive,
        ["spoiler_text"] = wanted.Spoiler.Length == 0 ? null : wanted.Spoiler,
        ["visibility"] = wanted.Visibility is { } visibility ? EntityWriter.Word(visibility) : null,
        ["in_reply_to_id"] = wanted.InReplyTo?.ToString(),
        ["language"] = wanted.Language,
        ["quoted_status_id"] = wanted.Quoted?.ToString(),
        ["quote_approval_policy"] = wanted.QuotePolicy?.ToString().ToLowerInvariant(),
        ["scheduled_at"] = MastodonJson.Instant(row.RunAt),
        ["idempotency"] = null,
        ["application_id"] = null,
        ["with_rate_limit"] = false,
    };

    private void DemandAhead(DateTimeOffset at)
    {
        if (at < db.Now + SocialLimits.ScheduleAhead) throw Refusal.Invalid("scheduled_at", "Scheduled at must be at least 5 minutes in the future", "schedule_too_soon");
    }

    private async Task DemandRoomAsync(Id<Account> me, DateTimeOffset at, Id<ScheduledStatus>? but, CancellationToken ct)
    {
        var (from, to) = (at.UtcDateTime.Date, at.UtcDateTime.Date.AddDays(1));
        var (start, end) = (new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(to, TimeSpan.Zero));
        var waiting = db.Scheduled.Where(s => s.AccountId == me && s.State == ScheduleState.Waiting && s.Id != but);
        if (await waiting.CountAsync(ct) >= await limits.OfAsync(HouseLimits.ScheduledInAll, ct)) throw Refusal.Invalid("scheduled_at", "You have exceeded the limit of scheduled posts", "schedule_limit");
        if (await waiting.CountAsync(s => s.RunAt >= start && s.RunAt < end, ct) >= await limits.OfAsync(HouseLimits.ScheduledADay, ct)) throw Refusal.Invalid("scheduled_at", "You have exceeded the limit of scheduled posts for that day", "schedule_limit");
    }
}
