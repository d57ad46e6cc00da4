using System.Collections.Concurrent;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who reads: an actor, and their account where they have one.</summary>
/// <param name="RunsThread">Reads the thread of a thing they run: what is hidden there from others, too; nothing else that is not for them.</param>
internal sealed record Viewer(Actor Actor, Id<Account>? Me, bool RunsThread = false)
{
    public static Viewer Anonymous { get; } = new(Actor.Anonymous, null);

    /// <summary>A member as a reader, by their account.</summary>
    public static Viewer OfMember(Id<Member> member, Id<Account> account) => new(new() { Kind = ActorKind.Member, MemberId = member, Role = Role.Member }, account);

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
        if (viewer.Me is not { } me) return;
        var standing = await db.Accounts.Where(a => a.Id == me).Select(a => (AccountStanding?)a.Standing).FirstOrDefaultAsync(ct);
        if (standing is null or AccountStanding.Suspended or AccountStanding.Purged) throw Refusal.Forbidden("Moderators suspended your account in Social.", "suspended");
        if (standing is AccountStanding.Memorial) throw Refusal.Forbidden("This account is kept in memory of its member.", "memorial");
    }
}

/// <summary>Which account is which member's. It never changes, so every process remembers it.</summary>
internal sealed class KnownAccounts
{
    public ConcurrentDictionary<Id<Member>, Id<Account>> ByMember { get; } = new();
}
