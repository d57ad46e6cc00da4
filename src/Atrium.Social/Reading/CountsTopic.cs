using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// That numbers moved which pages show: <c>counts:{account}</c> of a profile, for whoever sees it; <c>counts:servers</c> of the exchange with other
/// servers, for administrators. They go up and down, so there is no place to be behind: whoever begins to listen
/// is behind and reads them once more, and is then told whenever something moved.
/// </summary>
internal sealed class CountsTopic(SocialDb db, Viewers viewers) : ITopicRule
{
    public const string Servers = "counts:servers";

    public string Kind => "counts";

    public static string Of(Id<Account> account) => $"counts:{account}";

    /// <summary>Wakes who looks at these profiles, once what was done is committed.</summary>
    public static void Wake(SocialDb db, params ReadOnlySpan<Id<Account>> accounts)
    {
        foreach (var account in accounts) OwnTopic.Wake(db, Of(account));
    }

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (key == "servers") return actor.IsAdministrator ? Now : null;
        if (!Id<Account>.TryParse(key, null, out var id)) return null;
        var me = (await viewers.OfAsync(actor, ct)).Me;
        return await db.Accounts.AnyAsync(
            a => a.Id == id && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial) && !db.Blocks.Any(b => b.AccountId == id && b.TargetId == me), ct) ? Now : null;
    }

    private long Now => db.Now.ToUnixTimeMilliseconds();
}
