using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Keeps search up to date with posts.</summary>
internal sealed class IndexStatus(SocialDb db, ISearch search) : IReaction<PostMade>, IReaction<PostEdited>, IReaction<PostGone>, IReaction<SightChanged>, ISearchSource
{
    private const int TitleLength = 80;

    public string Kind => "status";

    public Task HandleAsync(PostMade happened, CancellationToken ct) => IndexAsync(happened.Status, ct);

    public Task HandleAsync(PostEdited happened, CancellationToken ct) => IndexAsync(happened.Status, ct);

    public Task HandleAsync(PostGone happened, CancellationToken ct) => search.RemoveAsync(db, [Thing.Of("status", happened.Status)], ct);

    public async Task HandleAsync(SightChanged happened, CancellationToken ct)
    {
        var ids = await db.Statuses.Where(s => s.Id == happened.Status || (happened.Discussion != null && s.DiscussionId == happened.Discussion) || (happened.Account != null && s.AccountId == happened.Account))
            .Select(s => s.Id).ToListAsync(ct);
        foreach (var id in ids) await IndexAsync(id, ct);
    }

    public async IAsyncEnumerable<SearchDocument> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in Rows(db.Statuses).AsAsyncEnumerable().WithCancellation(ct))
            if (IsFound(row)) yield return Document(row);
    }

    /// <summary>Indexes many at once, within the caller's transaction.</summary>
    public async Task IndexAsync(IReadOnlyCollection<Id<Status>> ids, CancellationToken ct) =>
        await search.IndexAsync(db, [.. (await Rows(db.Statuses.Where(s => ids.Contains(s.Id))).ToListAsync(ct)).Where(IsFound).Select(Document)], ct);

    private async Task IndexAsync(Id<Status> id, CancellationToken ct)
    {
        var row = await Rows(db.Statuses.Where(s => s.Id == id)).FirstOrDefaultAsync(ct);
        if (row is null || !IsFound(row))
        {
            await search.RemoveAsync(db, [Thing.Of("status", id)], ct);
            return;
        }

        await search.IndexAsync(db, [Document(row)], ct);
    }

    private IQueryable<Row> Rows(IQueryable<Status> statuses) =>
        from s in statuses
        where s.Kind == StatusKind.Note
        select new Row
        {
            Status = s, Domain = db.Accounts.Where(a => a.Id == s.AccountId).Select(a => a.Domain).First(), Standing = db.Accounts.Where(a => a.Id == s.AccountId).Select(a => a.Standing).First(),
            Thread = db.Discussions.Where(d => d.Id == s.DiscussionId).Select(d => (DiscussionState?)d.State).FirstOrDefault(),
            Audience = db.Discussions.Where(d => d.Id == s.DiscussionId).Select(d => (Audience?)d.Audience).FirstOrDefault(),
            // A set that lists nobody is one member alone, and is taken for part of nothing.
            OwnWithin = db.AudienceGrants.Any(g => g.Audience == s.Audience) && !db.AudienceGrants.Any(g => g.Audience == s.Audience
                && !db.AudienceGrants.Any(t => t.Principal == g.Principal && db.Discussions.Any(d => d.Id == s.DiscussionId && d.Audience == t.Audience))),
            ThingWithin = db.AudienceGrants.Any(t => db.Discussions.Any(d => d.Id == s.DiscussionId && d.Audience == t.Audience))
                && !db.AudienceGrants.Any(t => db.Discussions.Any(d => d.Id == s.DiscussionId && d.Audience == t.Audience) && !db.AudienceGrants.Any(g => g.Audience == s.Audience && g.Principal == t.Principal)),
            Member = db.Accounts.Where(a => a.Id == s.AccountId).Select(a => a.MemberId).First(),
            Options = db.PollOptions.Where(o => o.PollId == s.PollId).Select(o => o.Title).ToList(),
        };

    private static bool IsFound(Row row) => row.Status is { DeletedAt: null, HiddenAt: null } && row.Standing is AccountStanding.Active or AccountStanding.Limited or AccountStanding.Memorial
        && row.Thread is null or DiscussionState.Open or DiscussionState.Closed;

    // Of somebody limited only their followers find what everyone may read.
    private static Audience AudienceOf(Row row)
    {
        // Where neither holds the other, only its author finds it.
        var audience = Narrowing.Of(row.Status.Audience, row.Audience, row.OwnWithin, row.ThingWithin, row.Member is { } author ? Audience.Only(author) : Audiences.Nobody);
        return row.Standing == AccountStanding.Limited && !audience.IsStored ? new(row.Status.AccountId.Value) : audience;
    }

    private static SearchDocument Document(Row row)
    {
        var status = row.Status;
        var body = string.Join('\n', [status.Spoiler, status.Plain, .. row.Options, .. status.Document.Media.Select(m => m.Description ?? ""), .. status.Document.Tags.Select(t => "#" + t.Name)]);
        return new(
            Thing.Of("status", status.Id), SocialDb.Name, AudienceOf(row), Kernel.Text.PlainText.Excerpt(status.Spoiler.Length > 0 ? status.Spoiler : status.Plain, TitleLength), body, status.Url,
            status.EditedAt ?? status.CreatedAt, row.Domain.Length == 0 ? [$"by:{status.AccountId}"] : [$"by:{status.AccountId}", $"at:{row.Domain}"]);
    }

    private sealed class Row
    {
        public required Status Status { get; init; }
        public required string Domain { get; init; }
        public AccountStanding Standing { get; init; }
        public DiscussionState? Thread { get; init; }
        public Audience? Audience { get; init; }
        public bool OwnWithin { get; init; }
        public bool ThingWithin { get; init; }
        public Id<Member>? Member { get; init; }
        public required List<string> Options { get; init; }
    }
}
