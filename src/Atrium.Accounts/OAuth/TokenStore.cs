using Atrium.Accounts.Data;
using Atrium.Accounts.Tokens;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>OpenIddict's store of tokens, which also tells the house's memory of good keys when some were ended.</summary>
internal sealed class TokenStore(IMemoryCache memory, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options, CredentialCache cache, TimeProvider clock)
    : OpenIddictEntityFrameworkCoreTokenStore<OpeniddictToken, OpeniddictApplication, OpeniddictAuthorization, long>(memory, context, options)
{
    public override async ValueTask UpdateAsync(OpeniddictToken token, CancellationToken cancellationToken)
    {
        if (token.Status == Statuses.Revoked) await TellAsync([token.Subject], cancellationToken);
        await base.UpdateAsync(token, cancellationToken);
        if (token.Status == Statuses.Revoked) cache.Changed();
    }

    /// <summary>What they were given on ends as well: a code that is exchanged twice at once may give its token after the tokens were ended.</summary>
    public override async ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken)
    {
        var id = ConvertIdentifierFromString(identifier);
        var db = await Context.GetDbContextAsync(cancellationToken);
        await TellAsync(await db.Set<OpeniddictAuthorization>().Where(a => a.Id == id).Select(a => a.Subject).ToListAsync(cancellationToken), cancellationToken);
        await db.Set<OpeniddictAuthorization>().Where(a => a.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, Statuses.Revoked).SetProperty(a => a.ConcurrencyToken, RandomKey.New()), cancellationToken);
        var ended = Told(await base.RevokeByAuthorizationIdAsync(identifier, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return ended;
    }

    public override async ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellationToken) =>
        Told(await base.RevokeByApplicationIdAsync(identifier, cancellationToken));

    public override async ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellationToken) =>
        Told(await base.RevokeBySubjectAsync(subject, cancellationToken));

    /// <summary>By the house's clock: the library asks the database for the time, in a form that SQLite's instants do not have.</summary>
    public override async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken)
    {
        var tokens = (await Context.GetDbContextAsync(cancellationToken)).Set<OpeniddictToken>();
        var (before, now) = (threshold.UtcDateTime, clock.GetUtcNow().UtcDateTime);
        return await tokens.Where(t => t.CreationDate < before
            && ((t.Status != Statuses.Inactive && t.Status != Statuses.Valid) || t.ExpirationDate < now || (t.Authorization != null && t.Authorization.Status != Statuses.Valid)))
            .ExecuteDeleteAsync(cancellationToken);
    }

    // Written with the next change that is saved.
    private async Task TellAsync(IEnumerable<string?> subjects, CancellationToken ct)
    {
        var db = (AccountsDb)await Context.GetDbContextAsync(ct);
        foreach (var member in OAuthSubjects.Members(subjects)) db.Publish(new KeysEnded(member));
    }

    private long Told(long ended)
    {
        if (ended > 0) cache.Changed();
        return ended;
    }
}
