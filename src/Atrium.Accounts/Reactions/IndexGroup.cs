using Atrium.Accounts.Data;
using Atrium.Accounts.Groups;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Reactions;

/// <summary>Keeps groups findable for those who may know of them.</summary>
internal sealed class IndexGroup(AccountsDb db, ISearch search) : IReaction<GroupChanged>, IReaction<GroupDeleted>, ISearchSource
{
    public string Kind => "group";

    public async Task HandleAsync(GroupChanged happened, CancellationToken ct)
    {
        if (await db.Groups.FirstOrDefaultAsync(g => g.Id == happened.Group, ct) is { } group) await search.IndexAsync(db, [Document(group)], ct);
    }

    public Task HandleAsync(GroupDeleted happened, CancellationToken ct) => search.RemoveAsync(db, [Thing.Of(Kind, happened.Group)], ct);

    public async IAsyncEnumerable<SearchDocument> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var group in db.Groups.AsAsyncEnumerable().WithCancellation(ct)) yield return Document(group);
    }

    private SearchDocument Document(MemberGroup g) =>
        new(Thing.Of(Kind, g.Id), AccountsDb.Name, g.Audience, g.Name, Markup.Render(g.About).Plain, $"/groups/{g.Handle}", g.CreatedAt, []);
}
