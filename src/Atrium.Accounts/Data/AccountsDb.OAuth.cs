using Atrium.Accounts.AppPasswords;
using Atrium.Accounts.Model;
using Atrium.Accounts.OAuth;
using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Data;

/// <summary>The keys that apps are given: OAuth, personal access tokens, app passwords.</summary>
internal abstract partial class AccountsDb
{
    /// <summary>When what apps are told of a member last changed (<c>updated_at</c>); a column that only OpenID Connect reads.</summary>
    public const string ProfileChangedAt = "ProfileChangedAt";

    private static readonly string[] Told =
        [nameof(Account.Name), nameof(Account.AvatarFile), nameof(Account.Culture), nameof(Account.TimeZone), nameof(Account.Email), nameof(Account.EmailConfirmedAt)];

    public DbSet<OpeniddictApplication> Apps => Set<OpeniddictApplication>();

    public DbSet<OpeniddictAuthorization> Grants => Set<OpeniddictAuthorization>();

    public DbSet<OpeniddictToken> OAuthTokens => Set<OpeniddictToken>();

    public DbSet<PersonalToken> PersonalTokens => Set<PersonalToken>();

    public DbSet<AppPassword> AppPasswords => Set<AppPassword>();

    /// <summary>OpenIddict tells a lost race by EF's own exception, which the house otherwise turns into a refusal.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var account in ChangeTracker.Entries<Account>())
            if (account.State == EntityState.Modified && Told.Any(p => account.Property(p).IsModified))
                account.Property(ProfileChangedAt).CurrentValue = Now;

        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Refusal stale) when (stale.Kind == RefusalKind.Stale && ChangeTracker.Entries().Any(e => e.State != EntityState.Unchanged && IsOpenIddict(e.Entity)))
        {
            throw new DbUpdateConcurrencyException(stale.Message, stale);
        }
    }

    partial void MapTokens(ModelBuilder model)
    {
        model.Entity<Account>().Property<DateTimeOffset?>(ProfileChangedAt);
        model.UseOpenIddict<OpeniddictApplication, OpeniddictAuthorization, OpeniddictScope, OpeniddictToken, long>();
        model.Entity<OpeniddictApplication>(a =>
        {
            a.Property(x => x.Id).ValueGeneratedNever();
            a.HasIndex(x => new { x.OwnerId, x.Id });
        });
        model.Entity<OpeniddictAuthorization>(a =>
        {
            a.Property(x => x.Id).ValueGeneratedNever();
            a.HasIndex(x => new { x.Subject, x.Id });
        });
        model.Entity<OpeniddictScope>().Property(x => x.Id).ValueGeneratedNever();
        model.Entity<OpeniddictToken>(t =>
        {
            t.Property(x => x.Id).ValueGeneratedNever();
            t.HasIndex(x => x.ExpirationDate);
        });
        if (OnSqlite)
            foreach (var entity in model.Model.GetEntityTypes().Where(e => IsOpenIddict(e.ClrType)))
                foreach (var property in entity.GetProperties().Where(p => p.ClrType == typeof(DateTime?)))
                    property.SetValueConverter(new DateTimeToMicroseconds());

        model.Entity<PersonalToken>(t =>
        {
            t.HasIndex(x => x.Hash).IsUnique();
            t.HasIndex(x => new { x.MemberId, x.Id });
            t.HasIndex(x => x.ExpiresAt);
        });
        model.Entity<AppPassword>().HasIndex(x => new { x.MemberId, x.Id });
    }

    private static bool IsOpenIddict(object entity) => IsOpenIddict(entity.GetType());

    private static bool IsOpenIddict(Type type) => type.Namespace == typeof(OpeniddictToken).Namespace;
}
