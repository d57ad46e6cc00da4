using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Posts of other servers: found by id, fetched with what they answer, taken in, changed and removed.</summary>
internal sealed class RemoteStatuses(SocialDb db, FederationGate gate, RemoteFetch fetch, RemoteAccounts accounts, NoteReader reader, PublishStatus publish, TakeEdit edits, RemoteFiles files)
{
    private const int Depth = 20;

    /// <summary>The post with this id, whoever wrote it; null when we do not know it.</summary>
    public Task<Status?> FindAsync(string uri, CancellationToken ct)
    {
        var stored = gate.Stored(uri);
        var ours = stored.StartsWith('/');
        return db.Statuses.FirstOrDefaultAsync(s => (s.Uri == stored || (ours && s.Url == stored)) && s.DeletedAt == null && s.Kind != StatusKind.Boost, ct);
    }

    /// <summary>The post with this id, fetched from its server where it is unknown. Null when there is none to be believed.</summary>
    /// <exception cref="OutboundFailure">It is unknown and could not be fetched.</exception>
    public async Task<Status?> ByUriAsync(string uri, CancellationToken ct, int depth = 0)
    {
        if (await FindAsync(uri, ct) is { } known) return known;
        if (gate.Stored(uri).StartsWith('/') || depth > Depth || !await gate.MayAsync(gate.DomainOf(uri), ct)) return null;
        if (await fetch.ObjectAsync(uri, ct) is not { } note || !NoteReader.IsPost(note.Type)) return null;
        return await AuthorOfAsync(note, ct) is { } author ? await TakeAsync(note, author, ct, depth) : null;
    }

    /// <summary>The account that wrote a post, if it lives where the post does.</summary>
    public async Task<Account?> AuthorOfAsync(ApNode note, CancellationToken ct) =>
        note.Ref("attributedTo") is { } by && gate.DomainOf(by).Length > 0 && gate.DomainOf(by) == gate.DomainOf(note.Id) ? await accounts.ByUriAsync(by, ct) : null;

    /// <summary>Takes a post in, and before it what it answers. Asks the network first and writes then.</summary>
    /// <returns>Null where it was deleted before it came, its author is suspended, or it answers in a thread that takes nothing of theirs.</returns>
    public async Task<Status?> TakeAsync(ApNode note, Account author, CancellationToken ct, int depth = 0)
    {
        var uri = note.Id!;
        if (author.IsLocal || !author.IsShown || gate.DomainOf(uri) != author.Domain) return null;
        if (await FindAsync(uri, ct) is { } known) return known;
        var answered = note.Ref("inReplyTo") is { } parent ? await AnsweredAsync(parent, author, depth, ct) : null;
        var plan = await reader.PlanAsync(note, author, answered, ct);
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    if (await db.Tombstones.AnyAsync(t => t.Uri == uri, token) || !await MaySayAsync(answered, token)) return;
                    await files.NoteAsync([.. plan.Media.Select(m => m.RemoteUrl!)], author.Domain, token);
                    var id = await publish.ArriveAsync(plan, token);
                    await CountVotesAsync(id, note, token);
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // It came twice at the same moment.
        }

        db.ChangeTracker.Clear();
        return await FindAsync(uri, ct);
    }

    /// <summary>Takes an edit in, or new counts of a poll.</summary>
    public Task ChangeAsync(Id<Status> id, ApNode note, Account author, CancellationToken ct) => db.AmendAsync(
        async token =>
        {
            var status = await db.Statuses.AsTracking().FirstAsync(s => s.Id == id, token);
            if (note.Has("updated")) await edits.HandleAsync(status, await reader.EditAsync(note, author, token), author.Domain, token);
            if (await CountVotesAsync(id, note, token)) db.Announce(SocialTopics.Statuses, id.Value, "status.update");
        },
        ct);

    // An answer to what its author may not see stands alone, and is told to nobody.
    private async Task<Status?> AnsweredAsync(string uri, Account author, int depth, CancellationToken ct)
    {
        Status? parent;
        try
        {
            parent = await ByUriAsync(uri, ct, depth + 1);
        }
        catch (OutboundFailure)
        {
            return null;
        }

        return parent is not null && await db.SeesAsync(author.Id, parent, ct) ? parent : null;
    }

    private async Task<bool> MaySayAsync(Status? answered, CancellationToken ct) =>
        answered?.DiscussionId is not { } thread || await db.Discussions.AnyAsync(d => d.Id == thread && d.State == DiscussionState.Open && d.MayComment == MayComment.Anyone, ct);

    // Counts of other answers than those we know say nothing.
    private async Task<bool> CountVotesAsync(Id<Status> id, ApNode note, CancellationToken ct)
    {
        if (note.Type != "Question") return false;
        var poll = await db.Polls.Where(p => p.StatusId == id).Select(p => (Id<Poll>?)p.Id).FirstOrDefaultAsync(ct);
        if (poll is not { } key) return false;
        var titles = await db.PollOptions.Where(o => o.PollId == key).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct);
        if (!titles.SequenceEqual(NoteReader.Titles(note).Select(t => t.Trim()))) return false;
        var votes = NoteReader.Votes(note);
        for (var i = 0; i < votes.Count; i++)
        {
            var (index, count) = (i, votes[i]);
            await db.PollOptions.Where(o => o.PollId == key && o.Index == index).ExecuteUpdateAsync(set => set.SetProperty(o => o.Votes, count), ct);
        }

        var voters = (int)Math.Clamp(note.Number("votersCount") ?? votes.Sum(), 0, 100_000_000);
        await db.Polls.Where(p => p.Id == key).ExecuteUpdateAsync(set => set.SetProperty(p => p.Voters, voters), ct);
        return true;
    }
}
