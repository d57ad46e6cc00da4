using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who quotes a post, and how its author takes that back.</summary>
internal sealed class QuoteDesk(SocialDb db)
{
    /// <summary>Posts that quote it with its author's consent, as far as the reader sees them.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<PageOf<StatusRef>> ListAsync(Id<Status> id, Paging paging, Viewer viewer, CancellationToken ct)
    {
        var status = await db.SeeAsync(id, viewer, ct);
        return await paging.CutAsync(StatusReader.Refs(db.Statuses.VisibleTo(viewer, db).Where(s => db.Quotes.Any(q => q.QuotingId == s.Id && q.QuotedId == status.Id && q.State == QuoteState.Accepted))), r => r.Id, ct);
    }

    /// <summary>Takes back that a post of one's own is quoted: the quoting post stays, and shows that.</summary>
    /// <exception cref="Refusal">Not found: not one's own, or not quoted there.</exception>
    public async Task RevokeAsync(Id<Status> quoted, Id<Status> by, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (!await db.Statuses.AnyAsync(s => s.Id == quoted && s.AccountId == me, ct)) throw Wire.NotFound();
        if (await db.Quotes.Where(q => q.QuotedId == quoted && q.QuotingId == by).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuoteState.Revoked), ct) == 0) throw Wire.NotFound();
    }
}
