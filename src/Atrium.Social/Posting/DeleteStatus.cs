using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes a post, or a boost, back. Its boosts go with it; answers to it stay.</summary>
internal sealed class DeleteStatus(SocialDb db, Brakes brakes)
{
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
        DateTimeOffset? now = db.Now;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now).SetProperty(s => s.Revision, s => s.Revision + 1), ct) == 0) return;
        await CountAsync(status, -1, ct);
        await ForgetAsync(status, now, ct);
        Tell(status);
        await WakeAsync(status, ct);
    }

    /// <summary>Takes a post out of everybody's sight in the transaction under way, so that <see cref="ReturnAsync"/> can put it back.</summary>
    public async Task WithdrawAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? now = db.Now;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.DeletedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now).SetProperty(s => s.RemovedAt, now).SetProperty(s => s.Revision, s => s.Revision + 1), ct) == 0) return;
        await CountAsync(status, -1, ct);
        Tell(status);
        await WakeAsync(status, ct);
    }

    /// <summary>Puts back what was withdrawn, in the transaction under way.</summary>
    public async Task ReturnAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? never = null;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.RemovedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, never).SetProperty(s => s.RemovedAt, never).SetProperty(s => s.Revision, s => s.Revision + 1), ct) == 0) return;
        await CountAsync(status, 1, ct);
        db.Publish(new SightChanged(Status: status.Id), status.Id.ToString());
        await WakeAsync(status, ct);
    }

    /// <summary>What was withdrawn stays away for good: what hangs on it goes, in the transaction under way.</summary>
    public async Task FinishAsync(Status status, CancellationToken ct)
    {
        DateTimeOffset? never = null;
        if (await db.Statuses.Where(s => s.Id == status.Id && s.RemovedAt != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RemovedAt, never), ct) > 0)
            await ForgetAsync(status, db.Now, ct);
    }

    private async Task ForgetAsync(Status status, DateTimeOffset? now, CancellationToken ct)
    {
        await db.HomeEntries.Where(h => h.StatusId == status.Id || h.OriginalId == status.Id).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.StatusId == status.Id).ExecuteDeleteAsync(ct);
        if (status.BoostOf is not null) return;
        await db.Statuses.Where(s => s.BoostOf == status.Id && s.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now), ct);
        await db.Pins.Where(p => p.StatusId == status.Id).ExecuteDeleteAsync(ct);
        await db.Quotes.Where(q => q.QuotedId == status.Id).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuoteState.Deleted), ct);
        await db.StatusTags.Where(t => t.StatusId == status.Id).ExecuteDeleteAsync(ct);
    }

    private void Tell(Status status)
    {
        db.Publish(new StatusDeleted(status.Id, status.IsLocal), status.Id.ToString());
        db.Announce(SocialTopics.Statuses, status.Id.Value, "delete");
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
        if (status.InReplyTo is { } parent && status.Visibility != Visibility.Direct)
            await StatusParts.Heard(db, status, parent).Where(s => s.Replies + by >= 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Replies, s => s.Replies + by), ct);
        if (status is { DiscussionId: { } discussion, Kind: StatusKind.Note })
            await db.Discussions.Where(d => d.Id == discussion && d.Comments + by >= 0).ExecuteUpdateAsync(set => set.SetProperty(d => d.Comments, d => d.Comments + by), ct);
        if (await db.Quotes.Where(q => q.QuotingId == status.Id).Select(q => q.QuotedId).FirstOrDefaultAsync(ct) is { } quoted)
            await StatusParts.Heard(db, status, quoted).Where(s => s.Quotes + by >= 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Quotes, s => s.Quotes + by), ct);
    }
}
