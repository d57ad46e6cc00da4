using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Does what a link under a mail says. Repeating it changes nothing.</summary>
internal static class FollowMailLink
{
    /// <summary>What the link would do, in words, for the page that asks before.</summary>
    public static async Task<string> DescribeAsync(SignedAct link, HomeDb db, NotificationKinds kinds, CancellationToken ct) => link.Act == "mute"
        ? $"Tell me nothing more about “{await TitleAsync(link, db, ct)}”"
        : $"No more mail when: {kinds.Find(link.What)?.Title ?? link.What}";

    public static async Task HandleAsync(SignedAct link, HomeDb db, NotificationKinds kinds, CancellationToken ct)
    {
        if (link.Act == "mute")
        {
            await MuteCause.AddAsync(db, link.Member, Thing.Parse(link.What), await TitleAsync(link, db, ct), ct);
            return;
        }

        if (kinds.Find(link.What) is not { } kind) return;
        await db.WriteAsync(
            async token =>
            {
                await db.TouchAsync([link.Member], token);
                var held = await db.Preferences.AsTracking().FirstOrDefaultAsync(p => p.MemberId == link.Member && p.Kind == kind.Key, token);
                if (held is null) db.Preferences.Add(held = new() { MemberId = link.Member, Kind = kind.Key, Channels = kind.Default });
                held.Channels &= ~Channels.Mail;
            },
            ct);
    }

    private static async Task<string> TitleAsync(SignedAct link, HomeDb db, CancellationToken ct)
    {
        var cause = Thing.Parse(link.What);
        return await db.Notices.Where(n => n.MemberId == link.Member && n.Cause == cause).OrderByDescending(n => n.Id).Select(n => n.Title).FirstOrDefaultAsync(ct) ?? "this";
    }
}
