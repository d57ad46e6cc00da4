using Atrium.Accounts.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Atrium.Accounts.OAuth;

/// <summary>Removes codes, tokens and grants that are over, a day after: until then a reused one is still recognised.</summary>
internal sealed class PruneCredentials(AccountsDb db, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager grants) : IRecurringWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var before = db.Now.AddDays(-1);
        await tokens.PruneAsync(before, ct);
        await grants.PruneAsync(before, ct);
        // Apps register themselves without asking: those that nobody let in go again.
        var unused = before.AddDays(-90);
        await db.Apps.Where(a => a.AskedScopes != null && a.CreatedAt < unused && !a.Tokens.Any() && !a.Authorizations.Any()).ExecuteDeleteAsync(ct);
        // A month more, so that its owner sees why a script stopped.
        var unread = before.AddDays(-30);
        await db.PersonalTokens.Where(t => t.ExpiresAt < unread).ExecuteDeleteAsync(ct);
    }
}
