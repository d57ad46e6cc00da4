using System.Globalization;
using System.Text.Json;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Members answer an announcement with a sign, or wave it away.</summary>
internal sealed class AnswerAnnouncement(SocialDb db, AnnouncementReader reader)
{
    private const int MostSigns = 8;

    public async Task DismissAsync(Id<Announcement> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        await reader.ThereAsync(id, ct);
        await db.Database.ExecuteSqlRawAsync("INSERT INTO social_announcement_read (announcement_id, account_id) VALUES ({0}, {1}) ON CONFLICT DO NOTHING", [id.Value, me.Value], ct);
    }

    /// <exception cref="Refusal">Not found; invalid: neither an emoji nor one of the house's, or too many kinds of sign.</exception>
    public async Task ReactAsync(Id<Announcement> id, string name, bool on, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        await reader.ThereAsync(id, ct);
        if (on && !await IsSignAsync(name, ct)) throw Refusal.Invalid("name", "Name is not a recognized emoji", "unknown");
        await db.WriteAsync(
            async token =>
            {
                if (on && !await db.AnnouncementReactions.AnyAsync(r => r.AnnouncementId == id && r.Name == name, token)
                    && await db.AnnouncementReactions.Where(r => r.AnnouncementId == id).Select(r => r.Name).Distinct().CountAsync(token) >= MostSigns)
                    throw Refusal.Invalid("name", "Limit of different reactions reached", "too_many");
                var changed = on
                    ? await db.Database.ExecuteSqlRawAsync("INSERT INTO social_announcement_reaction (announcement_id, account_id, name) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [id.Value, me.Value, name], token)
                    : await db.AnnouncementReactions.Where(r => r.AnnouncementId == id && r.AccountId == me && r.Name == name).ExecuteDeleteAsync(token);
                if (changed == 0) return;
                var count = await db.AnnouncementReactions.CountAsync(r => r.AnnouncementId == id && r.Name == name, token);
                db.Announce(SocialTopics.Signals, id.Value, "announcement.reaction", new { payload = JsonSerializer.Serialize(new { name, count, announcement_id = id.ToString() }, MastodonJson.Options) });
            },
            ct);
    }

    private async Task<bool> IsSignAsync(string name, CancellationToken ct)
    {
        if (EmojiBook.IsCode(name)) return await db.Emojis.AnyAsync(e => e.Shortcode == name && e.Domain == "" && !e.Disabled, ct);
        // One sign: however many code points it is drawn from.
        return name.Length is > 0 and <= 40 && new StringInfo(name).LengthInTextElements == 1 && name.EnumerateRunes().Any(r => Rune(r.Value));
    }

    private static bool Rune(int value) => value is >= 0x1F000 or (>= 0x2190 and <= 0x2BFF) or (>= 0x3030 and <= 0x3299) or 0xA9 or 0xAE or 0x20E3;
}
