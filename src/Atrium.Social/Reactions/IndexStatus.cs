using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Keeps search up to date with posts.</summary>
internal sealed class IndexStatus(SocialDb db, ISearch search) : IReaction<StatusPublished>, IReaction<StatusEdited>, IReaction<StatusDeleted>, ISearchSource
{
    private const int TitleLength = 80;

    public string Kind => "status";

    public Task HandleAsync(StatusPublished happened, CancellationToken ct) => IndexAsync(happened.Status, ct);

    public Task HandleAsync(StatusEdited happened, CancellationToken ct) => IndexAsync(happened.Status, ct);

    public Task HandleAsync(StatusDeleted happened, CancellationToken ct) => search.RemoveAsync(db, [Thing.Of("status", happened.Status)], ct);

    public async IAsyncEnumerable<SearchDocument> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var status in db.Statuses.Where(s => s.DeletedAt == null && s.Kind == StatusKind.Note).AsAsyncEnumerable().WithCancellation(ct)) yield return Document(status, []);
    }

    private async Task IndexAsync(Id<Status> id, CancellationToken ct)
    {
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == id, ct);
        if (status is not { Kind: StatusKind.Note }) return;
        if (status.DeletedAt is not null)
        {
            await search.RemoveAsync(db, [Thing.Of("status", id)], ct);
            return;
        }

        var options = status.PollId is { } poll ? await db.PollOptions.Where(o => o.PollId == poll).Select(o => o.Title).ToListAsync(ct) : [];
        await search.IndexAsync(db, [Document(status, options)], ct);
    }

    private static SearchDocument Document(Status status, IReadOnlyList<string> options)
    {
        var body = string.Join('\n', [status.Spoiler, status.Plain, .. options, .. status.Document.Media.Select(m => m.Description ?? ""), .. status.Document.Tags.Select(t => "#" + t.Name)]);
        return new(
            Thing.Of("status", status.Id), SocialDb.Name, status.Audience, Kernel.Text.PlainText.Excerpt(status.Spoiler.Length > 0 ? status.Spoiler : status.Plain, TitleLength), body, status.Url,
            status.EditedAt ?? status.CreatedAt, [$"by:{status.AccountId}"]);
    }
}
