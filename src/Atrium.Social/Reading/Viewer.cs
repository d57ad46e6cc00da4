using System.Collections.Concurrent;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who reads: an actor, and their account where they have one.</summary>
internal sealed record Viewer(Actor Actor, Id<Account>? Me)
{
    public static Viewer Anonymous { get; } = new(Actor.Anonymous, null);

    /// <summary>The account, or a refusal that asks to sign in.</summary>
    public Id<Account> Demand() => Me ?? throw Refusal.SignIn("The access token is invalid");
}

/// <summary>Finds the account behind an actor, and makes it where a member comes for the first time.</summary>
internal sealed class Viewers(LocalAccounts accounts, SocialDb db)
{
    public async ValueTask<Viewer> OfAsync(Actor actor, CancellationToken ct) =>
        actor.MemberId is { } member ? new(actor, await accounts.OfAsync(member, ct)) : new(actor, null);

    /// <summary>Whoever was suspended here still reads, and takes back what is their own, but does nothing new.</summary>
    /// <exception cref="Refusal">Forbidden.</exception>
    public async Task DemandFreeAsync(Viewer viewer, CancellationToken ct)
    {
        if (viewer.Me is { } me && !await db.Accounts.AnyAsync(a => a.Id == me && a.Standing != AccountStanding.Suspended && a.Standing != AccountStanding.Purged, ct))
            throw Refusal.Forbidden("Moderators suspended your account in Social.", "suspended");
    }
}

/// <summary>Which account is which member's. It never changes, so every process remembers it.</summary>
internal sealed class KnownAccounts
{
    public ConcurrentDictionary<Id<Member>, Id<Account>> ByMember { get; } = new();
}
