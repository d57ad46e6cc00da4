using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Profiles;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Answers what other modules ask about members.</summary>
internal sealed class MembersDoor(AccountsDb db, RolePermissions permissions) : IMembers
{
    public async Task<IReadOnlyDictionary<Id<Member>, MemberCard>> CardsAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<Id<Member>, MemberCard>();
        var known = (await CardsOf(db.Accounts.Where(a => ids.Contains(a.Id)), ct)).ToDictionary(c => c.Id);
        return ids.Distinct().ToDictionary(id => id, id => known.GetValueOrDefault(id) ?? MemberCard.Former(id));
    }

    public async Task<IReadOnlyDictionary<string, MemberCard>> FindAsync(IReadOnlyCollection<string> handlesOrEmails, CancellationToken ct)
    {
        var wanted = handlesOrEmails.Distinct().ToDictionary(w => w, w => w.LastIndexOf('@') > 0 ? Emails.Key(w) : Handles.Normal(w));
        var keys = wanted.Values.ToList();
        var rows = await db.Accounts.Where(a => a.State == AccountState.Active && (keys.Contains(a.Handle) || (keys.Contains(a.EmailKey) && a.EmailConfirmedAt != null)))
            .Select(a => new { a.Id, a.Handle, a.Name, a.AvatarFile, a.EmailKey }).ToListAsync(ct);
        var found = new Dictionary<string, MemberCard>();
        foreach (var (typed, key) in wanted)
            if (rows.FirstOrDefault(r => r.Handle == key || r.EmailKey == key) is { } row)
                found[typed] = new(row.Id, row.Handle, row.Name, Portraits.SmallUrlOf(row.AvatarFile), true);
        return found;
    }

    public async Task<IReadOnlyList<MemberCard>> SearchAsync(string text, int limit, CancellationToken ct)
    {
        var words = " " + Folding.Fold(text.Trim().TrimStart('@'));
        return await CardsOf(db.Accounts.Where(a => a.State == AccountState.Active && a.SearchText.Contains(words)).OrderBy(a => a.Handle).Take(limit), ct);
    }

    public async Task<IReadOnlyDictionary<Id<Member>, MemberContact>> ContactsAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct) =>
        await db.Accounts.Where(a => ids.Contains(a.Id))
            .Select(a => new MemberContact(a.Id, a.Handle, a.Name, a.Email, a.TimeZone, a.Culture, a.Role, a.State == AccountState.Active))
            .ToDictionaryAsync(c => c.Id, ct);

    public async Task<IReadOnlyDictionary<Id<Member>, DateTimeOffset>> LastSeenAsync(IReadOnlyCollection<Id<Member>> ids, CancellationToken ct)
    {
        var seen = await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new
        {
            a.Id, a.CreatedAt,
            Session = db.Sessions.Where(s => s.MemberId == a.Id).Max(s => (DateTimeOffset?)s.LastSeenAt),
            Token = db.PersonalTokens.Where(t => t.MemberId == a.Id).Max(t => t.LastUsedAt),
            Password = db.AppPasswords.Where(p => p.MemberId == a.Id).Max(p => p.LastUsedAt),
        }).ToListAsync(ct);
        List<string?> subjects = [.. ids.Select(i => i.ToString())];
        var apps = await db.Grants.Where(g => subjects.Contains(g.Subject)).GroupBy(g => g.Subject!).Select(g => new { g.Key, At = g.Max(x => x.LastUsedAt) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        return seen.ToDictionary(s => s.Id, s => new[] { s.CreatedAt, s.Session, s.Token, s.Password, apps.GetValueOrDefault(s.Id.ToString()) }.Max()!.Value);
    }

    public async Task<Actor?> ActorAsync(Id<Member> member, string client, CancellationToken ct)
    {
        var account = await db.Accounts.Where(a => a.Id == member && a.State == AccountState.Active)
            .Select(a => new { a.Handle, a.Role, a.TimeZone, a.Culture }).FirstOrDefaultAsync(ct);
        return account is null ? null : new Actor
        {
            Kind = ActorKind.Member,
            MemberId = member,
            Handle = account.Handle,
            Role = account.Role,
            Permissions = await permissions.OfAsync(account.Role, ct),
            Client = client,
            TimeZone = account.TimeZone,
            Culture = account.Culture,
        };
    }

    public async Task<IReadOnlyList<Id<Member>>> WithRoleAsync(Role role, CancellationToken ct)
    {
        Role[] roles = [.. Enum.GetValues<Role>().Where(r => r >= role)];
        return await db.Accounts.Where(a => roles.Contains(a.Role) && a.State == AccountState.Active).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
    }

    private static async Task<List<MemberCard>> CardsOf(IQueryable<Account> accounts, CancellationToken ct)
    {
        var rows = await accounts.Select(a => new { a.Id, a.Handle, a.Name, a.AvatarFile, a.State }).ToListAsync(ct);
        return [.. rows.Select(a => new MemberCard(a.Id, a.Handle, a.Name, Portraits.SmallUrlOf(a.AvatarFile), a.State == AccountState.Active))];
    }
}
