using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>An announcement as administrators see it.</summary>
internal sealed record AnnouncementView(
    Id<Announcement> Id, string Text, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool AllDay, DateTimeOffset? PublishedAt, DateTimeOffset UpdatedAt);

/// <param name="Text">Markdown.</param>
/// <param name="AllDay">Its times are days.</param>
internal sealed record AnnouncementWish(string Text, DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null, bool AllDay = false);

/// <summary>What the house tells everyone: administrators write it, publish it, take it back. Streams carry each of these.</summary>
internal sealed class AnnouncementDesk(SocialDb db, EmojiBook emoji, AnnouncementReader reader)
{
    private const int Longest = 5000;

    public async Task<IReadOnlyList<AnnouncementView>> AllAsync(Actor actor, CancellationToken ct)
    {
        EmojiDesk.Demand(actor);
        return [.. (await db.Announcements.OrderByDescending(a => a.Id).Take(200).ToListAsync(ct)).Select(View)];
    }

    public async Task<AnnouncementView> OneAsync(Id<Announcement> id, Actor actor, CancellationToken ct)
    {
        EmojiDesk.Demand(actor);
        return View(await db.Announcements.FirstOrDefaultAsync(a => a.Id == id, ct) ?? throw Refusal.NotFound());
    }

    /// <exception cref="Refusal">Invalid: no words, or it ends before it starts.</exception>
    public async Task<AnnouncementView> AddAsync(AnnouncementWish wish, Actor actor, CancellationToken ct)
    {
        EmojiDesk.Demand(actor);
        Check(wish);
        var made = new Announcement { Source = "", Html = "" };
        await FillAsync(made, wish, ct);
        await db.WriteAsync(
            _ =>
            {
                db.Announcements.Add(made);
                db.Record(actor, "social.announcement_written", details: PlainText.Excerpt(wish.Text, 100));
                return Task.CompletedTask;
            },
            ct);
        return View(made);
    }

    /// <inheritdoc cref="AddAsync"/>
    public Task<AnnouncementView> EditAsync(Id<Announcement> id, AnnouncementWish wish, Actor actor, CancellationToken ct)
    {
        Check(wish);
        return ChangeAsync(id, "social.announcement_edited", row => FillAsync(row, wish, ct), actor, ct);
    }

    public Task<AnnouncementView> PublishAsync(Id<Announcement> id, Actor actor, CancellationToken ct) => ChangeAsync(
        id, "social.announcement_published", row =>
        {
            row.PublishedAt ??= db.Now;
            return Task.CompletedTask;
        },
        actor, ct);

    public Task<AnnouncementView> UnpublishAsync(Id<Announcement> id, Actor actor, CancellationToken ct) => ChangeAsync(
        id, "social.announcement_unpublished", row =>
        {
            row.PublishedAt = null;
            return Task.CompletedTask;
        },
        actor, ct);

    public async Task DeleteAsync(Id<Announcement> id, Actor actor, CancellationToken ct)
    {
        EmojiDesk.Demand(actor);
        await db.WriteAsync(
            async token =>
            {
                if (await db.Announcements.Where(a => a.Id == id).ExecuteDeleteAsync(token) == 0) throw Refusal.NotFound();
                await db.AnnouncementReactions.Where(r => r.AnnouncementId == id).ExecuteDeleteAsync(token);
                await db.AnnouncementReads.Where(r => r.AnnouncementId == id).ExecuteDeleteAsync(token);
                db.Record(actor, "social.announcement_deleted", details: id.ToString());
                db.Announce(SocialTopics.Signals, id.Value, "announcement.delete", new { payload = id.ToString() });
            },
            ct);
    }

    private async Task<AnnouncementView> ChangeAsync(Id<Announcement> id, string act, Func<Announcement, Task> change, Actor actor, CancellationToken ct)
    {
        EmojiDesk.Demand(actor);
        return View(await db.WriteAsync(
            async token =>
            {
                var row = await db.Announcements.AsTracking().FirstOrDefaultAsync(a => a.Id == id, token) ?? throw Refusal.NotFound();
                var before = row.PublishedAt;
                await change(row);
                row.UpdatedAt = db.Now;
                db.Record(actor, act, details: id.ToString());
                if (row.PublishedAt is not null) db.Announce(SocialTopics.Signals, id.Value, "announcement", new { payload = JsonSerializer.Serialize(reader.Entity(row, read: false, []), MastodonJson.Options) });
                else if (before is not null) db.Announce(SocialTopics.Signals, id.Value, "announcement.delete", new { payload = id.ToString() });
                return row;
            },
            ct));
    }

    private async Task FillAsync(Announcement row, AnnouncementWish wish, CancellationToken ct)
    {
        row.Source = wish.Text.Trim();
        row.Html = Markup.Render(row.Source, MarkupKind.Note).Html.Value;
        row.Emojis = [.. await emoji.InAsync([row.Source], ct)];
        (row.StartsAt, row.EndsAt, row.AllDay, row.UpdatedAt) = (wish.StartsAt, wish.EndsAt, wish.AllDay, db.Now);
    }

    private static void Check(AnnouncementWish wish)
    {
        if (string.IsNullOrWhiteSpace(wish.Text)) throw Refusal.Invalid("text", "Say something.", "required");
        if (wish.Text.Length > Longest) throw Refusal.Invalid("text", $"At most {Longest:N0} characters.", "too_long");
        if (wish.EndsAt <= wish.StartsAt) throw Refusal.Invalid("ends_at", "It ends after it starts.", "out_of_range");
    }

    private static AnnouncementView View(Announcement a) => new(a.Id, a.Source, a.StartsAt, a.EndsAt, a.AllDay, a.PublishedAt, a.UpdatedAt);
}
