using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>A subscription ends with its token: as soon as keys of its member were ended, and every night those whose token ended by itself.</summary>
internal sealed class EndPushes(SocialDb db, IDataProtectionProvider protection, IServiceScopeFactory scopes) : IEffect<KeysEnded>, IRecurringWork
{
    private const int Batch = 200;

    public async Task HandleAsync(KeysEnded happened, Delivery delivery, CancellationToken ct)
    {
        foreach (var push in await db.ClientPushes.Where(p => db.Accounts.Any(a => a.Id == p.AccountId && a.MemberId == happened.Member)).ToListAsync(ct)) await TokenAsync(push, ct);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        for (var after = 0; ;)
        {
            var last = after;
            var some = await db.ClientPushes.Where(p => p.Id > last).OrderBy(p => p.Id).Take(Batch).ToListAsync(ct);
            if (some.Count == 0) return;
            foreach (var push in some) await TokenAsync(push, ct);
            after = some[^1].Id;
        }
    }

    /// <summary>The token of a subscription; null where it is good no longer. Then the subscription ends, unless its member may yet come back.</summary>
    public async Task<string?> TokenAsync(ClientPush push, CancellationToken ct)
    {
        var token = protection.CreateProtector(PushRoutes.Purpose).Unprotect(push.ProtectedToken);
        var seen = await TokenProbe.SeenAsync($"Bearer {token}", scopes);
        if (seen == TokenState.Good) return token;
        if (seen == TokenState.Ended) await db.ClientPushes.Where(p => p.Id == push.Id).ExecuteDeleteAsync(ct);
        return null;
    }
}
