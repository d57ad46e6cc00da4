using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Counts an answer to a poll of ours: it comes as a note that has a name and nothing else.</summary>
internal sealed class TakeVote(SocialDb db, RemoteStatuses statuses, VoteInPoll vote)
{
    /// <returns>False when it is no answer to a poll.</returns>
    public async Task<bool> HandleAsync(ApNode note, Account from, CancellationToken ct)
    {
        if (note.Type != "Note" || note.Has("content") || note.Text("name") is not { } name || note.Ref("inReplyTo") is not { } asked) return false;
        if (await statuses.FindAsync(asked, ct) is not { IsLocal: true, PollId: { } poll } status || !await db.SeesAsync(from.Id, status, ct)) return false;
        var choice = await db.PollOptions.Where(o => o.PollId == poll && o.Title == name).Select(o => (int?)o.Index).FirstOrDefaultAsync(ct);
        if (choice is { } index) await vote.HandleAsync(poll, [index], ApplyActivity.As(from), ct);
        return true;
    }
}
