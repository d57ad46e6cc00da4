using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// What only its owner may hear of: <c>social:notices:{account}</c>, that they were told something; <c>social:messages:{account}</c>, that one of
/// their conversations moved.
/// </summary>
internal sealed class OwnTopic(SocialDb db, Viewers viewers) : ITopicRule
{
    private const string Notices = "notices";
    private const string Messages = "messages";

    public string Kind => SocialDb.Name;

    public static string NoticesOf(Id<Account> account) => $"{SocialDb.Name}:{Notices}:{account}";

    public static string MessagesOf(Id<Account> account) => $"{SocialDb.Name}:{Messages}:{account}";

    /// <summary>Wakes them, once what was done is committed. A resync is heard whatever the listener has seen: transactions end in any order.</summary>
    public static void Wake(SocialDb db, string topic, long cursor = 0) => db.Announce(topic, cursor, "resync");

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (!actor.IsMember || key.Split(':') is not [var what, var owner]) return null;
        if ((await viewers.OfAsync(actor, ct)).Me is not { } me || owner != me.ToString()) return null;
        return what switch
        {
            Notices when actor.HasScope("read:notifications") => await NoticesAsync(db, me, ct),
            Messages when actor.HasScope("read:statuses") => await MessagesAsync(db, me, ct),
            _ => null,
        };
    }

    public static async Task<long> NoticesAsync(SocialDb db, Id<Account> me, CancellationToken ct) =>
        await db.Notices.Where(n => n.AccountId == me).OrderByDescending(n => n.Id).Select(n => (Id<Notice>?)n.Id).FirstOrDefaultAsync(ct) is { } last ? last.Value : 0;

    public static async Task<long> MessagesAsync(SocialDb db, Id<Account> me, CancellationToken ct) =>
        await db.Conversations.Where(c => c.AccountId == me && !c.Removed).OrderByDescending(c => c.LastStatusId).Select(c => (Id<Status>?)c.LastStatusId).FirstOrDefaultAsync(ct) is { } last ? last.Value : 0;
}
