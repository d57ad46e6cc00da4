using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes a post back to write it anew: it is deleted, and all that it said is a draft, with its media, poll and audience.</summary>
internal sealed class RedraftStatus(SocialDb db, DeleteStatus delete, DraftDesk drafts)
{
    /// <summary>One's own; both happen, or neither.</summary>
    /// <exception cref="Refusal">Not found; a conflict: one has too many drafts.</exception>
    public Task<Draft> HandleAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id && s.AccountId == me && s.DeletedAt == null && s.Kind == StatusKind.Note, token) ?? throw Refusal.NotFound("Record not found");
                var wanted = new NewStatus
                {
                    Text = status.Source, Format = status.Format, Spoiler = status.Spoiler, Sensitive = status.Sensitive, Language = status.Language, Visibility = status.Visibility, Group = status.GroupId,
                    InReplyTo = status.InReplyTo, Discussion = status.DiscussionId, QuotePolicy = status.QuotePolicy, Media = [.. status.Document.Media.Select(m => m.Id)], Poll = await PollAsync(status, token),
                    Quoted = await db.Quotes.Where(q => q.QuotingId == id).Select(q => q.QuotedId).FirstOrDefaultAsync(token),
                };
                await delete.HandleAsync(id, viewer, token);
                await db.Media.Where(m => m.StatusId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusId, (Id<Status>?)null), token);
                return await drafts.AddAsync(wanted, viewer, token);
            },
            ct);
    }

    // As long again as it was open at first.
    private async Task<NewPoll?> PollAsync(Status status, CancellationToken ct)
    {
        if (status.PollId is not { } id || await db.Polls.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } poll) return null;
        var options = await db.PollOptions.Where(o => o.PollId == id).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct);
        return new(options, poll.ExpiresAt is { } ends ? (int)Math.Round((ends - status.CreatedAt).TotalSeconds) : null, poll.Multiple, poll.HideTotals);
    }
}
