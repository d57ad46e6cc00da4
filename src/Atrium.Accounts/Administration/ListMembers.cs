using System.Linq.Expressions;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Administration;

/// <summary>Every account in every state, for those who run the house.</summary>
internal static class ListMembers
{
    public static async Task<Slice<MemberRecord>> HandleAsync(MemberFilter filter, Page page, Actor actor, AccountsDb db, CancellationToken ct)
    {
        Administrators.Demand(actor);
        var before = Cursor.Id<Member>(page.Cursor);
        var rows = db.Accounts.AsQueryable();
        if (filter.State is { } state) rows = rows.Where(a => a.State == state);
        if (filter.Role is { } role) rows = rows.Where(a => a.Role == role);
        if (before is { } last) rows = rows.Where(a => a.Id < last);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = Folding.Fold(filter.Text.Trim().TrimStart('@'));
            var words = " " + text;
            rows = rows.Where(a => a.SearchText.Contains(words) || a.EmailKey.StartsWith(text));
        }

        var found = await rows.OrderByDescending(a => a.Id).Take(page.Size + 1).Select(View(db)).ToListAsync(ct);
        return Slice<MemberRecord>.Cut(found, page.Size, m => m.Id.ToString());
    }

    public static async Task<MemberRecord> OneAsync(Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct)
    {
        Administrators.Demand(actor);
        return await db.Accounts.Where(a => a.Id == member).Select(View(db)).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
    }

    public static async Task<MemberRecord> NamedAsync(string handle, Actor actor, AccountsDb db, CancellationToken ct)
    {
        Administrators.Demand(actor);
        var normal = Handles.Normal(handle);
        return await db.Accounts.Where(a => a.Handle == normal).Select(View(db)).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound($"Nobody here is called @{normal}.");
    }

    public static async Task<IReadOnlyDictionary<AccountState, int>> CountAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        Administrators.Demand(actor);
        return await db.Accounts.GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    private static Expression<Func<Account, MemberRecord>> View(AccountsDb db) => a => new MemberRecord(
        a.Id, a.Handle, a.Name, a.Email, a.EmailConfirmedAt != null, a.Role, a.State, a.CreatedAt, a.JoinedAt,
        db.Sessions.Where(s => s.MemberId == a.Id).Max(s => (DateTimeOffset?)s.LastSeenAt), a.TotpConfirmedAt != null, a.Application, a.SuspensionReason, a.EraseAt);
}
