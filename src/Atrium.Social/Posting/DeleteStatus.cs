using Atrium.Contracts.Home;
using Atrium.Kernel.Outbox;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes a post, or a boost, back. Its boosts go with it; answers to it stay.</summary>
internal sealed class DeleteStatus(SocialDb db, Brakes brakes, Recount recount) : IReaction<BoostsGone>
{
    private const int Batch = 100;

    /// <summary>One's own.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task HandleAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        await brakes.TakeAsync(Brake.Deletions, viewer, ct);
        await db.WriteAsync(
            async token =>
            {
                var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id && s.AccountId == me && s.DeletedAt == null && s.Kind != StatusKind.Root, token) ?? throw Refusal.NotFound("Record not found");
                await RemoveAsync(status, token);
            },
            ct);
    }

    /// <summary>Removes a post in the transaction under way, whoever wants it.</summary>
    public async Task RemoveAsync(Status status, CancellationToken ct)
    {
        if (!await TakeAsync(status, ct)) return;
        db.Announce(SocialTopics.Statuses, status.Id.Value, "delete");
        await WakeAsync(status, ct);
    }

    private async Task<bool> TakeAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? now = db.Now;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now).SetProperty(s => s.Revision, s => s.Revision + 1), ct) == 0) return false;
        await CountAsync(status, -1, ct);
        await ForgetAsync(status, ct);
        db.OfDeletion(status);
        return true;
    }

    /// <summary>Takes a post out of everybody's sight in the transaction under way, so that <see cref="ReturnAsync"/> can put it back.</summary>
    public async Task WithdrawAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? now = db.Now;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.DeletedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now).SetProperty(s => s.RemovedAt, now).SetProperty(s => s.Revision, s => s.Revision + 1), ct) == 0) return;
        await CountAsync(status, -1, ct);
        db.OfDeletion(status);
        db.Announce(SocialTopics.Statuses, status.Id.Value, "delete");
        await WakeAsync(status, ct);
    }

    /// <summary>Puts back what was withdrawn, in the transaction under way.</summary>
    public async Task ReturnAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? never = null;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.RemovedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, never).SetProperty(s => s.RemovedAt, never).SetProperty(s => s.Revision, s => s.Revision + 1), ct) == 0) return;
        await CountAsync(status, 1, ct);
        db.OfReturn(status);
        await WakeAsync(status, ct);
    }

    /// <summary>What was withdrawn stays away for good: what hangs on it goes, in the transaction under way.</summary>
    public async Task FinishAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? never = null;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.RemovedAt != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RemovedAt, never), ct) > 0)
            await ForgetAsync(status, ct);
    }

    /// <summary>Takes back the next boosts of what is gone: streams told of the one, and nobody is shown the others, but counters and other servers know each.</summary>
    public async Task HandleAsync(BoostsGone happened, CancellationToken ct)
    {
        var some = await db.Statuses.Where(s => s.BoostOf == happened.Original && s.DeletedAt == null).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct);
        foreach (var boost in some) await TakeAsync(boost, ct);
        if (some.Count == Batch) db.Publish(new BoostsGone(happened.Original), happened.Original.ToString());
    }

    private async Task ForgetAsync(Status status, CancellationToken ct)
    {
        await db.HomeEntries.Where(h => h.StatusId == status.Id || h.OriginalId == status.Id).ExecuteDeleteAsync(ct);
        await db.TakeBackAsync(db.Notices.Where(n => n.StatusId == status.Id), ct);
        if (status is { Kind: StatusKind.Note, DiscussionId: not null }) db.Publish(new NotificationWithdrawn([TellOfComment.KeyOf(status.Id)]), status.Id.ToString());
        if (status.BoostOf is not null) return;
        if (await db.Statuses.AnyAsync(s => s.BoostOf == status.Id && s.DeletedAt == null, ct)) db.Publish(new BoostsGone(status.Id), status.Id.ToString());
        await db.Pins.Where(p => p.StatusId == status.Id).ExecuteDeleteAsync(ct);
        await db.Quotes.Where(q => q.QuotedId == status.Id).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuoteState.Deleted), ct);
        await db.StatusTags.Where(t => t.StatusId == status.Id).ExecuteDeleteAsync(ct);
    }

    private async Task WakeAsync(Status status, CancellationToken ct)
    {
        await ThreadTopic.WakeAsync(db, status, ct);
        if (status.DiscussionId is { } discussion && await db.Discussions.Where(d => d.Id == discussion).Select(d => (Thing?)d.Thing).FirstOrDefaultAsync(ct) is { } thing)
            db.Announce($"discussion:{thing}", status.Id.Value);
    }

    // One less, or one more again; never below none.
    private async Task CountAsync(Status status, int by, CancellationToken ct)
    {
        if (status.IsCounted)
        {
            await db.AccountStats.Where(s => s.AccountId == status.AccountId && s.Statuses + by >= 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Statuses, s => s.Statuses + by), ct);
            CountsTopic.Wake(db, status.AccountId);
        }

        if (status.BoostOf is { } original)
            await db.StatusStats.Where(s => s.StatusId == original && s.Boosts + by >= 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Boosts, s => s.Boosts + by), ct);
        List<Id<Status>> around = status.InReplyTo is { } parent ? [parent] : [];
        if (await db.Quotes.Where(q => q.QuotingId == status.Id).Select(q => q.QuotedId).FirstOrDefaultAsync(ct) is { } quoted) around.Add(quoted);
        await recount.PostsAsync(around, ct);
        if (status.DiscussionId is { } discussion) await recount.ThreadsAsync([discussion], ct);
    }
}
