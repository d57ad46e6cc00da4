using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Search;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Reactions;

/// <summary>Keeps members findable as they are now: those who are in, and nobody else.</summary>
internal sealed class IndexMember(AccountsDb db, ISearch search)
    : IReaction<MemberJoined>, IReaction<MemberProfileChanged>, IReaction<MemberSuspended>, IReaction<MemberRestored>, IReaction<MemberErased>, ISearchSource
{
    public string Kind => "member";

    public Task HandleAsync(MemberJoined happened, CancellationToken ct) => IndexAsync(happened.Member, ct);

    public Task HandleAsync(MemberProfileChanged happened, CancellationToken ct) => IndexAsync(happened.Member, ct);

    public Task HandleAsync(MemberSuspended happened, CancellationToken ct) => IndexAsync(happened.Member, ct);

    public Task HandleAsync(MemberRestored happened, CancellationToken ct) => IndexAsync(happened.Member, ct);

    public Task HandleAsync(MemberErased happened, CancellationToken ct) => IndexAsync(happened.Member, ct);

    public async IAsyncEnumerable<SearchDocument> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var account in db.Accounts.Where(a => a.State == AccountState.Active).AsAsyncEnumerable().WithCancellation(ct)) yield return Document(account);
    }

    private async Task IndexAsync(Id<Member> member, CancellationToken ct)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == member && a.State == AccountState.Active, ct) is { } account) await search.IndexAsync(db, [Document(account)], ct);
        else await search.RemoveAsync(db, [Thing.Of(Kind, member)], ct);
    }

    private SearchDocument Document(Account a) => new(
        Thing.Of(Kind, a.Id), AccountsDb.Name, Audience.Members, $"{a.Name} @{a.Handle}", Markup.Render(a.Bio).Plain, $"/@{a.Handle}", a.JoinedAt ?? a.CreatedAt, [$"member:{a.Id}"]);
}
