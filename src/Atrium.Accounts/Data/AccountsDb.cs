using System.Text.Json;
using Atrium.Accounts.Model;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Atrium.Accounts.Data;

/// <summary>Members, their credentials and sessions, groups and invitations.</summary>
internal abstract partial class AccountsDb(DbContextOptions options, DbHouse house) : ModuleDb(options, house)
{
    public const string Name = "accounts";

    public override string Module => Name;

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<MailedKey> MailedKeys => Set<MailedKey>();

    public DbSet<FailedTries> FailedTries => Set<FailedTries>();

    public DbSet<InvitationLink> Invitations => Set<InvitationLink>();

    public DbSet<UsedHandle> UsedHandles => Set<UsedHandle>();

    public DbSet<MemberGroup> Groups => Set<MemberGroup>();

    public DbSet<GroupMembership> GroupMemberships => Set<GroupMembership>();

    public DbSet<GroupRequest> GroupRequests => Set<GroupRequest>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Account>(a =>
        {
            a.HasIndex(x => x.Handle).IsUnique();
            a.HasIndex(x => x.EmailKey).IsUnique().HasFilter("email_confirmed_at IS NOT NULL");
            a.HasIndex(x => new { x.State, x.Id });
            a.HasIndex(x => x.EraseAt);
            a.Property(x => x.Handle).UseCollation(ByteOrder);
            a.Property(x => x.Links).HasColumnType("text").HasConversion(
                links => JsonSerializer.Serialize(links, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<List<ProfileLink>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<ProfileLink>>((a, b) => a!.SequenceEqual(b!), links => links.Count, links => links.ToList()));
        });
        model.Entity<Session>(s =>
        {
            s.HasIndex(x => x.MemberId);
            s.HasIndex(x => x.ExpiresAt);
        });
        model.Entity<Passkey>(p =>
        {
            p.HasIndex(x => x.CredentialId).IsUnique();
            p.HasIndex(x => x.MemberId);
        });
        model.Entity<RecoveryCode>().HasKey(c => new { c.MemberId, c.Hash });
        model.Entity<MailedKey>(k =>
        {
            k.HasKey(x => x.Hash);
            k.HasIndex(x => x.MemberId);
            k.HasIndex(x => x.ExpiresAt);
        });
        model.Entity<FailedTries>(t =>
        {
            t.HasKey(x => x.Key);
            t.HasIndex(x => x.LastAt);
        });
        model.Entity<InvitationLink>().HasIndex(i => i.KeyHash).IsUnique();
        model.Entity<UsedHandle>().HasKey(h => h.Handle);
        MapGroups(model);
        MapTokens(model);
    }

    private static void MapGroups(ModelBuilder model)
    {
        model.Entity<MemberGroup>().HasIndex(g => g.Handle).IsUnique();
        model.Entity<GroupMembership>(m =>
        {
            m.HasKey(x => new { x.GroupId, x.MemberId });
            m.HasIndex(x => x.MemberId);
        });
        model.Entity<GroupRequest>(r =>
        {
            r.HasKey(x => new { x.GroupId, x.MemberId });
            r.HasIndex(x => x.MemberId);
        });
    }

    /// <summary>OAuth, personal access tokens and app passwords.</summary>
    partial void MapTokens(ModelBuilder model);
}

internal sealed class SqliteAccountsDb(DbContextOptions<SqliteAccountsDb> options, DbHouse house) : AccountsDb(options, house);

internal sealed class PostgresAccountsDb(DbContextOptions<PostgresAccountsDb> options, DbHouse house) : AccountsDb(options, house);
