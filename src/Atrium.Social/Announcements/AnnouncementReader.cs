using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record AnnouncementEntity(
    string Id, string Content, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool AllDay, DateTimeOffset PublishedAt, DateTimeOffset UpdatedAt, bool Read,
    IReadOnlyList<MentionEntity> Mentions, IReadOnlyList<object> Statuses, IReadOnlyList<StatusTagEntity> Tags, IReadOnlyList<EmojiEntity> Emojis, IReadOnlyList<ReactionEntity> Reactions);

internal sealed record ReactionEntity(string Name, int Count, bool Me, string? Url, string? StaticUrl);

/// <summary>Shows what the house tells everyone, as far as it still holds.</summary>
internal sealed class AnnouncementReader(SocialDb db, EntityWriter write)
{
    private const int Most = 50;

    /// <param name="withRead">Those that the reader waved away, too.</param>
    public async Task<IReadOnlyList<AnnouncementEntity>> ReadAsync(Id<Account> me, bool withRead, CancellationToken ct)
    {
        var rows = await Standing().OrderByDescending(a => a.PublishedAt).Select(a => new { Row = a, Read = db.AnnouncementReads.Any(r => r.AnnouncementId == a.Id && r.AccountId == me) })
            .Where(r => withRead || !r.Read).Take(Most).ToListAsync(ct);
        if (rows.Count == 0) return [];
        List<Id<Announcement>> ids = [.. rows.Select(r => r.Row.Id)];
        var reactions = (await db.AnnouncementReactions.Where(r => ids.Contains(r.AnnouncementId)).GroupBy(r => new { r.AnnouncementId, r.Name })
            .Select(g => new { g.Key.AnnouncementId, g.Key.Name, Count = g.Count(), Me = g.Any(r => r.AccountId == me) }).ToListAsync(ct)).ToLookup(r => r.AnnouncementId);
        var codes = reactions.SelectMany(r => r).Select(r => r.Name).Where(EmojiBook.IsCode).Distinct().ToList();
        var pictures = codes.Count == 0 ? [] : await db.Emojis.Where(e => e.Domain == "" && codes.Contains(e.Shortcode)).ToDictionaryAsync(e => e.Shortcode, ct);
        return [.. rows.Select(r => Entity(r.Row, r.Read, [.. reactions[r.Row.Id].OrderByDescending(x => x.Count).ThenBy(x => x.Name, StringComparer.Ordinal).Select(x =>
            pictures.TryGetValue(x.Name, out var picture) ? new ReactionEntity(x.Name, x.Count, x.Me, write.Absolute(picture.Url), write.Absolute(picture.StaticUrl)) : new(x.Name, x.Count, x.Me, null, null))]))];
    }

    public AnnouncementEntity Entity(Announcement row, bool read, IReadOnlyList<ReactionEntity> reactions) => new(
        row.Id.ToString(), write.Html(row.Html), row.StartsAt, row.EndsAt, row.AllDay, row.PublishedAt ?? row.UpdatedAt, row.UpdatedAt, read, [], [], [], write.Emojis(row.Emojis), reactions);

    /// <summary>One that is published and has not ended.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<Id<Announcement>> ThereAsync(Id<Announcement> id, CancellationToken ct) => await Standing().AnyAsync(a => a.Id == id, ct) ? id : throw Wire.NotFound();

    private IQueryable<Announcement> Standing()
    {
        var now = db.Now;
        return db.Announcements.Where(a => a.PublishedAt != null && (a.EndsAt == null || a.EndsAt > now));
    }
}
