using Atrium.Accounts.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>OpenIddict's store of grants, which also tells the house's memory of good keys when some were ended.</summary>
internal sealed class AuthorizationStore(IMemoryCache memory, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options, CredentialCache cache)
    : OpenIddictEntityFrameworkCoreAuthorizationStore<OpeniddictAuthorization, OpeniddictApplication, OpeniddictToken, long>(memory, context, options)
{
    public override async ValueTask UpdateAsync(OpeniddictAuthorization authorization, CancellationToken cancellationToken)
    {
        await base.UpdateAsync(authorization, cancellationToken);
        if (authorization.Status == Statuses.Revoked) cache.Changed();
    }

    /// <summary>Grants without a single token left that were revoked, or were for one time only.</summary>
    public override async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken)
    {
        var grants = (await Context.GetDbContextAsync(cancellationToken)).Set<OpeniddictAuthorization>();
        var before = threshold.UtcDateTime;
        return await grants.Where(g => g.CreationDate < before && (g.Status != Statuses.Valid || g.Type == AuthorizationTypes.AdHoc) && !g.Tokens.Any())
            .ExecuteDeleteAsync(cancellationToken);
    }
}
