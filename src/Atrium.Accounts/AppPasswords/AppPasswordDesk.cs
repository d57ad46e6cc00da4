using System.Security.Cryptography;
using System.Text;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Accounts.Tokens;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.AppPasswords;

/// <summary>Checks app passwords, and gives them out to protocols that prove them by a challenge.</summary>
internal sealed class AppPasswordDesk(
    AccountsDb db, AppPasswordKey key, CredentialCache cache, FailedPasswords failed, LastUses uses, RolePermissions permissions, IHttpContextAccessor http) : IAppPasswords
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    public async Task<Actor?> VerifyAsync(string handle, string password, string? userAgent, CancellationToken ct)
    {
        if (await FindAsync(handle, password, ct) is not { Member: { } member } found) return null;
        return new()
        {
            Kind = ActorKind.Member,
            MemberId = member.Id,
            Handle = member.Handle,
            Role = member.Role,
            Permissions = await permissions.OfAsync(member.Role, ct),
            Client = found.Client,
            Address = http.HttpContext?.Connection.RemoteIpAddress,
            TimeZone = member.TimeZone,
            Culture = member.Culture,
        };
    }

    public async Task<IReadOnlyList<string>> OfAsync(string handle, CancellationToken ct)
    {
        var rows = await (from p in db.AppPasswords
                          join a in db.Accounts on p.MemberId equals a.Id
                          where a.Handle == handle && a.State == AccountState.Active
                          select new { p.Id, p.MemberId }).ToListAsync(ct);
        return [.. rows.Select(r => key.Derive(r.Id, r.MemberId))];
    }

    public async Task<IReadOnlyList<ConnectedApp>> AppsOfAsync(Id<Member> member, CancellationToken ct) =>
        await db.AppPasswords.Where(p => p.MemberId == member).OrderByDescending(p => p.Id).Take(50).Select(p => new ConnectedApp(p.Name, p.LastUsedAt, p.LastUserAgent)).ToListAsync(ct);

    /// <summary>The app password that was shown, if it is good; its use is noted.</summary>
    /// <exception cref="Refusal">TooMany, after ten wrong ones in a minute for this handle from this address.</exception>
    public async Task<Credential?> FindAsync(string handle, string password, CancellationToken ct)
    {
        var (name, plain) = (handle.ToLowerInvariant(), AppPasswordKey.Plain(password));
        if (name.Length is 0 or > 100 || plain.Length is 0 or > 200) return null;
        var address = http.HttpContext?.Connection.RemoteIpAddress;
        var found = await cache.GetAsync($"{name}\n{plain}", Fresh, async () =>
        {
            failed.Demand(address, name);
            return await ReadAsync(name, plain, ct);
        });
        if (found is null or { Member.IsActive: false })
        {
            failed.Add(address, name);
            return null;
        }

        if (http.HttpContext is { } context) uses.Saw(found, context);
        return found;
    }

    private async Task<Credential?> ReadAsync(string handle, string plain, CancellationToken ct)
    {
        var rows = await (from p in db.AppPasswords
                          join a in db.Accounts on p.MemberId equals a.Id
                          where a.Handle == handle
                          select new { p.Id, p.Name, Member = new MemberStanding(a.Id, a.Handle, a.Role, a.State, a.TimeZone, a.Culture) }).ToListAsync(ct);
        var shown = Encoding.UTF8.GetBytes(plain);
        Credential? good = null;
        // All are compared, so that the time taken tells nothing of which came close.
        foreach (var row in rows)
            if (CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(AppPasswordKey.Plain(key.Derive(row.Id, row.Member.Id)))))
                good = new(CredentialKind.AppPassword, row.Id.Value, row.Member, row.Name, null, null);
        return good;
    }
}
