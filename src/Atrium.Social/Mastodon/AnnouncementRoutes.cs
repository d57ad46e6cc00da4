using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record AnnouncementEntity(
    string Id, string Content, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool AllDay, DateTimeOffset PublishedAt, DateTimeOffset UpdatedAt, bool Read,
    IReadOnlyList<MentionEntity> Mentions, IReadOnlyList<object> Statuses, IReadOnlyList<StatusTagEntity> Tags, IReadOnlyList<EmojiEntity> Emojis, IReadOnlyList<ReactionEntity> Reactions);

internal sealed record ReactionEntity(string Name, int Count, bool Me, string? Url, string? StaticUrl);

/// <summary>What the house tells everyone, and how people answer it with a sign.</summary>
internal static class AnnouncementRoutes
{
    private const int LongestReaction = 40;

    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/announcements", "getAnnouncements", "Lists what the house tells everyone", "read:accounts", ListAsync);
        api.Mine("POST", "v1/announcements/{id}/dismiss", "dismissAnnouncement", "Notes that you read it", "write:accounts", async (long id, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO social_announcement_read (announcement_id, account_id) VALUES ({0}, {1}) ON CONFLICT DO NOTHING", [await ThereAsync(id, db, ct), wire.Me.Value], ct);
            return Wire.Empty();
        });
        api.Mine("PUT", "v1/announcements/{id}/reactions/{name}", "reactToAnnouncement", "Answers with a sign", "write:favourites", async (long id, string name, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            if (name.Length is 0 or > LongestReaction) throw Refusal.Invalid("name", "Name is not a recognized emoji");
            await db.Database.ExecuteSqlRawAsync("INSERT INTO social_announcement_reaction (announcement_id, account_id, name) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [await ThereAsync(id, db, ct), wire.Me.Value, name], ct);
            return Wire.Empty();
        });
        api.Mine("DELETE", "v1/announcements/{id}/reactions/{name}", "unreactToAnnouncement", "Takes a sign back", "write:favourites", async (long id, string name, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var (announcement, me) = (new Id<Announcement>(await ThereAsync(id, db, ct)), wire.Me);
            await db.AnnouncementReactions.Where(r => r.AnnouncementId == announcement && r.AccountId == me && r.Name == name).ExecuteDeleteAsync(ct);
            return Wire.Empty();
        });
    }

    private static async Task<long> ThereAsync(long id, SocialDb db, CancellationToken ct)
    {
        var announcement = new Id<Announcement>(id);
        return await db.Announcements.AnyAsync(a => a.Id == announcement, ct) ? id : throw Wire.NotFound();
    }

    private static async Task<IResult> ListAsync(Wire wire, SocialDb db, EntityWriter write, CancellationToken ct)
    {
        var (me, now) = (wire.Me, db.Now);
        var rows = await db.Announcements.Where(a => a.EndsAt == null || a.EndsAt > now).OrderByDescending(a => a.Id).Select(a => new { Row = a, Read = db.AnnouncementReads.Any(r => r.AnnouncementId == a.Id && r.AccountId == me) }).Take(50).ToListAsync(ct);
        List<Id<Announcement>> ids = [.. rows.Select(r => r.Row.Id)];
        var reactions = (await db.AnnouncementReactions.Where(r => ids.Contains(r.AnnouncementId)).GroupBy(r => new { r.AnnouncementId, r.Name })
            .Select(g => new { g.Key.AnnouncementId, g.Key.Name, Count = g.Count(), Me = g.Any(r => r.AccountId == me) }).ToListAsync(ct)).ToLookup(r => r.AnnouncementId);
        return Wire.Json(rows.Select(r => new AnnouncementEntity(
            r.Row.Id.ToString(), write.Html(r.Row.Html), r.Row.StartsAt, r.Row.EndsAt, r.Row.AllDay, r.Row.PublishedAt, r.Row.UpdatedAt, r.Read, [], [], [], [],
            [.. reactions[r.Row.Id].Select(x => new ReactionEntity(x.Name, x.Count, x.Me, null, null))])));
    }
}
