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

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Account>(a =>
        {
            a.HasIndex(x => x.Handle).IsUnique();
            a.HasIndex(x => x.EmailKey).IsUnique().HasFilter("email_confirmed_at IS NOT NULL");
            a.HasIndex(x => new { x.State, x.Id });
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
        MapTokens(model);
    }

    /// <summary>OAuth, personal access tokens and app passwords.</summary>
    partial void MapTokens(ModelBuilder model);
}

internal sealed class SqliteAccountsDb(DbContextOptions<SqliteAccountsDb> options, DbHouse house) : AccountsDb(options, house);

internal sealed class PostgresAccountsDb(DbContextOptions<PostgresAccountsDb> options, DbHouse house) : AccountsDb(options, house);
