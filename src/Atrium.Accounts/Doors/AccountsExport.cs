using Atrium.Accounts.Data;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>What Accounts knows of a member, for their own export. No secrets.</summary>
internal sealed class AccountsExport(AccountsDb db) : IPersonalExport
{
    public string Folder => "account";

    public async Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct)
    {
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == member, ct) ?? throw Refusal.NotFound();
        await folder.AddJsonAsync("profile.json", new
        {
            account.Id, account.Handle, account.Name, account.Email, account.EmailConfirmedAt, account.Role, account.Bio, account.Links, account.Language, account.Culture,
            account.TimeZone, account.Theme, account.CreatedAt, account.JoinedAt, account.PasswordChangedAt, SecondFactorSince = account.TotpConfirmedAt,
        }, ct);
        await folder.AddJsonAsync("sessions.json", await db.Sessions.Where(s => s.MemberId == member).OrderBy(s => s.Id)
            .Select(s => new { s.Device, s.Address, s.CreatedAt, s.LastSeenAt, s.ExpiresAt }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("passkeys.json", await db.Passkeys.Where(p => p.MemberId == member).OrderBy(p => p.Id)
            .Select(p => new { p.Name, p.CreatedAt, p.LastUsedAt }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("groups.json", await db.GroupMemberships.Where(m => m.MemberId == member).OrderBy(m => m.JoinedAt)
            .Join(db.Groups, m => m.GroupId, g => g.Id, (m, g) => new { g.Handle, g.Name, m.Role, m.JoinedAt }).ToListAsync(ct), ct);
    }
}
