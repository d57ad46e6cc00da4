using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Shows accounts, and what stands between one and the reader.</summary>
internal sealed class AccountReader(SocialDb db, EntityWriter write)
{
    public IQueryable<AccountRow> Rows(IQueryable<Account> accounts) =>
        from a in accounts join n in db.AccountStats on a.Id equals n.AccountId select new AccountRow(a, n);

    /// <summary>Accounts by id, in that order.</summary>
    public async Task<IReadOnlyList<AccountEntity>> ByIdAsync(IReadOnlyList<Id<Account>> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var rows = await Rows(db.Accounts.Where(a => ids.Contains(a.Id))).ToDictionaryAsync(r => r.Account.Id, ct);
        return [.. ids.Where(rows.ContainsKey).Select(id => write.Account(rows[id]))];
    }

    /// <exception cref="Refusal">Not found.</exception>
    public async Task<AccountRow> OneAsync(Id<Account> id, CancellationToken ct) =>
        await Rows(db.Accounts.Where(a => a.Id == id && a.Standing != AccountStanding.Deleted)).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound("Record not found");

    /// <summary>One's own account, with what only oneself is shown.</summary>
    public async Task<CredentialAccountEntity> MineAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var row = await OneAsync(me, ct);
        var asking = await db.Follows.CountAsync(f => f.TargetId == me && f.State == FollowState.Requested, ct);
        var account = row.Account;
        return write.Account(row, new CredentialAccountEntity
        {
            Id = "", Username = "", Acct = "", DisplayName = "", Note = "", Url = "", Uri = "", Avatar = "", AvatarStatic = "", Header = "", HeaderStatic = "",
            Source = new(
                EntityWriter.Word(account.DefaultVisibility), account.DefaultSensitive, account.DefaultLanguage, account.NoteSource,
                [.. account.Fields.Select(f => new FieldEntity(f.Name, f.Value, f.VerifiedAt))], asking, account.HideCollections, account.Discoverable, account.Indexable, [],
                account.DefaultQuotePolicy.ToString().ToLowerInvariant()),
            Role = RoleEntity.Of(viewer.Actor.Role) ?? RoleEntity.Member(viewer.Actor.May(InvitePermission.Name)),
        });
    }

    /// <summary>Relationships in the order asked; ids unknown are left out. One statement.</summary>
    public async Task<IReadOnlyList<RelationshipEntity>> RelationshipsAsync(IReadOnlyList<Id<Account>> ids, Viewer viewer, CancellationToken ct)
    {
        var (me, now) = (viewer.Demand(), db.Now);
        if (ids.Count == 0) return [];
        var rows = await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => new
        {
            a.Id,
            a.Domain,
            Out = db.Follows.FirstOrDefault(f => f.AccountId == me && f.TargetId == a.Id),
            In = db.Follows.Where(f => f.AccountId == a.Id && f.TargetId == me).Select(f => (FollowState?)f.State).FirstOrDefault(),
            Blocking = db.Blocks.Any(b => b.AccountId == me && b.TargetId == a.Id),
            BlockedBy = db.Blocks.Any(b => b.AccountId == a.Id && b.TargetId == me),
            Mute = db.Mutes.FirstOrDefault(m => m.AccountId == me && m.TargetId == a.Id && (m.ExpiresAt == null || m.ExpiresAt > now)),
            DomainBlocked = a.Domain != "" && db.UserDomainBlocks.Any(b => b.AccountId == me && b.Domain == a.Domain),
            Endorsed = db.Endorsements.Any(e => e.AccountId == me && e.TargetId == a.Id),
            Note = db.AccountNotes.Where(n => n.AccountId == me && n.TargetId == a.Id).Select(n => n.Text).FirstOrDefault(),
        }).ToDictionaryAsync(r => r.Id, ct);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(r =>
        {
            var follows = r.Out is { State: FollowState.Accepted };
            return new RelationshipEntity(
                r.Id.ToString(), follows, r.Out is { ShowBoosts: true }, r.Out is { Notify: true }, r.Out is { Languages.Count: > 0 } ? r.Out.Languages : null,
                r.In == FollowState.Accepted, r.Blocking, r.BlockedBy, r.Mute is not null, r.Mute is { HideNotifications: true }, r.Mute?.ExpiresAt,
                r.Out is { State: FollowState.Requested }, r.In == FollowState.Requested, r.DomainBlocked, r.Endorsed, r.Note ?? "");
        })];
    }

    public async Task<RelationshipEntity> RelationshipAsync(Id<Account> id, Viewer viewer, CancellationToken ct) =>
        await RelationshipsAsync([id], viewer, ct) is [var one] ? one : throw Refusal.NotFound("Record not found");
}
