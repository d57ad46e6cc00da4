using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes a post, or a boost, back. Its boosts go with it; answers to it stay.</summary>
internal sealed class DeleteStatus(SocialDb db)
{
    /// <summary>One's own.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public Task HandleAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
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
        await UncountAsync(status, ct);
        await db.HomeEntries.Where(h => h.StatusId == status.Id || h.OriginalId == status.Id).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.StatusId == status.Id).ExecuteDeleteAsync(ct);
        if (status.BoostOf is null)
        {
            await db.Statuses.Where(s => s.BoostOf == status.Id && s.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, now), ct);
            await db.Pins.Where(p => p.StatusId == status.Id).ExecuteDeleteAsync(ct);
            await db.Quotes.Where(q => q.QuotedId == status.Id).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuoteState.Deleted), ct);
            await db.StatusTags.Where(t => t.StatusId == status.Id).ExecuteDeleteAsync(ct);
        }

        db.Publish(new StatusDeleted(status.Id, status.IsLocal), status.Id.ToString());
        db.Announce(SocialTopics.Statuses, status.Id.Value, "delete");
        await ThreadTopic.WakeAsync(db, status, ct);
        if (status.DiscussionId is { } discussion && await db.Discussions.Where(d => d.Id == discussion).Select(d => (Thing?)d.Thing).FirstOrDefaultAsync(ct) is { } thing)
            db.Announce($"discussion:{thing}", status.Id.Value);
    }

    private async Task UncountAsync(Status status, CancellationToken ct)
    {
        if (status.Visibility != Visibility.Direct)
            await db.AccountStats.Where(s => s.AccountId == status.AccountId && s.Statuses > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Statuses, s => s.Statuses - 1), ct);
        if (status.BoostOf is { } original)
            await db.StatusStats.Where(s => s.StatusId == original && s.Boosts > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Boosts, s => s.Boosts - 1), ct);
        if (status.InReplyTo is { } parent && status.Visibility != Visibility.Direct)
            await db.StatusStats.Where(s => s.StatusId == parent && s.Replies > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Replies, s => s.Replies - 1), ct);
        if (status is { DiscussionId: { } discussion, Kind: StatusKind.Note })
            await db.Discussions.Where(d => d.Id == discussion && d.Comments > 0).ExecuteUpdateAsync(set => set.SetProperty(d => d.Comments, d => d.Comments - 1), ct);
        if (await db.Quotes.Where(q => q.QuotingId == status.Id).Select(q => q.QuotedId).FirstOrDefaultAsync(ct) is { } quoted)
            await db.StatusStats.Where(s => s.StatusId == quoted && s.Quotes > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Quotes, s => s.Quotes - 1), ct);
    }
}
