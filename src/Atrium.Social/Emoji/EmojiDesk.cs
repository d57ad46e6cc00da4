using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NetVips;

namespace Atrium.Social;

/// <summary>An emoji as administrators see it.</summary>
internal sealed record EmojiView(Id<CustomEmoji> Id, string Shortcode, string Url, string StaticUrl, string? Category, bool InPicker, bool Disabled);

/// <summary>What is null stays as it is; an empty category is none.</summary>
internal sealed record EmojiChange(string? Category, bool? InPicker, bool? Disabled);

/// <summary>Administrators add pictures that stand for words in colons, sort them, switch them off and remove them.</summary>
internal sealed class EmojiDesk(SocialDb db, FileDesk files)
{
    private const long Largest = 256 * Sizes.KiB;
    private const int Side = 256;
    private const int LongestCategory = 50;

    public async Task<IReadOnlyList<EmojiView>> AllAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        return [.. (await db.Emojis.Where(e => e.Domain == "").OrderBy(e => e.Category).ThenBy(e => e.Shortcode).ToListAsync(ct)).Select(View)];
    }

    /// <exception cref="Refusal">Invalid: a shortcode that is none or taken, no picture, one that is too large.</exception>
    public async Task<EmojiView> AddAsync(string shortcode, string? category, IFormFile? upload, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        shortcode = shortcode.Trim(' ', ':');
        if (!EmojiBook.IsCode(shortcode)) throw Refusal.Invalid("shortcode", "Use 2 to 50 letters, digits and underscores.", "malformed");
        if (upload is null or { Length: 0 }) throw Refusal.Invalid("image", "Choose a picture.", "required");
        if (upload.Length > Largest) throw Refusal.Invalid("image", $"A picture may have up to {Sizes.Words(Largest)}.", "too_large");
        if (await db.Emojis.AnyAsync(e => e.Shortcode == shortcode && e.Domain == "", ct)) throw Refusal.Invalid("shortcode", "There is one of this name already.", "taken");
        var (moving, still) = await TakeAsync(upload, actor, ct);
        var emoji = new CustomEmoji { Shortcode = shortcode, Url = "", StaticUrl = "", Category = Category(category), FileId = moving, StaticFileId = still };
        (emoji.Url, emoji.StaticUrl) = ($"/social/emoji/{emoji.Id}/original", $"/social/emoji/{emoji.Id}/static");
        try
        {
            await db.WriteAsync(
                _ =>
                {
                    db.Emojis.Add(emoji);
                    db.Record(actor, "social.emoji_added", Thing.Of(EmojiThings.Name, emoji.Id), shortcode);
                    return Task.CompletedTask;
                },
                ct);
        }
        catch (UniqueViolation)
        {
            throw Refusal.Invalid("shortcode", "There is one of this name already.", "taken");
        }

        return View(emoji);
    }

    public async Task<EmojiView> EditAsync(Id<CustomEmoji> id, EmojiChange change, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        return View(await db.WriteAsync(
            async token =>
            {
                var emoji = await db.Emojis.AsTracking().FirstOrDefaultAsync(e => e.Id == id, token) ?? throw Refusal.NotFound();
                emoji.Category = change.Category is { } category ? Category(category) : emoji.Category;
                emoji.InPicker = change.InPicker ?? emoji.InPicker;
                emoji.Disabled = change.Disabled ?? emoji.Disabled;
                db.Record(actor, "social.emoji_changed", Thing.Of(EmojiThings.Name, id), emoji.Shortcode);
                return emoji;
            },
            ct));
    }

    public async Task DeleteAsync(Id<CustomEmoji> id, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var emoji = await db.Emojis.FirstOrDefaultAsync(e => e.Id == id, ct) ?? throw Refusal.NotFound();
        await db.WriteAsync(
            async token =>
            {
                await db.Emojis.Where(e => e.Id == id).ExecuteDeleteAsync(token);
                db.Record(actor, "social.emoji_removed", Thing.Of(EmojiThings.Name, id), emoji.Shortcode);
            },
            ct);
        if (emoji.FileId is { } moving) await files.ReleaseAsync(moving, ct);
        if (emoji.StaticFileId is { } still && still != emoji.FileId) await files.ReleaseAsync(still, ct);
    }

    // What moves is kept whole, with its first frame beside it.
    private async Task<(Id<FileRecord> Moving, Id<FileRecord> Still)> TakeAsync(IFormFile upload, Actor actor, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await upload.CopyToAsync(bytes, ct);
        var content = bytes.ToArray();
        if (!FileKind.IsPicture(FileKind.Sniff(content.AsSpan(0, Math.Min(content.Length, FileKind.SniffLength))))) throw Refusal.Invalid("image", "Emoji are PNG, GIF, WebP or JPEG pictures.", "unknown_type");
        var whole = await files.TakeAsync(new MemoryStream(content), upload.FileName, actor.MemberId, ct);
        await files.AttachAsync(whole.Id, Audience.Members, actor.MemberId, ct);
        if (whole.ContentType is not ("image/gif" or "image/webp")) return (whole.Id, whole.Id);
        var still = await files.TakeAsync(new MemoryStream(await Task.Run(() => Still(content), ct)), "still.png", actor.MemberId, ct);
        await files.AttachAsync(still.Id, Audience.Members, actor.MemberId, ct);
        return (whole.Id, still.Id);
    }

    private static byte[] Still(byte[] content)
    {
        using var small = Image.ThumbnailBuffer(content, Side, height: Side, size: Enums.Size.Down, failOn: Enums.FailOn.Error);
        return small.PngsaveBuffer(keep: Enums.ForeignKeep.None);
    }

    private static string? Category(string? category)
    {
        var name = category?.Trim();
        if (name?.Length > LongestCategory) throw Refusal.Invalid("category", $"At most {LongestCategory} characters.", "too_long");
        return string.IsNullOrEmpty(name) ? null : name;
    }

    private static EmojiView View(CustomEmoji e) => new(e.Id, e.Shortcode, e.Url, e.StaticUrl, e.Category, e.InPicker, e.Disabled);

    internal static void Demand(Actor actor)
    {
        if (!actor.IsAdministrator) throw actor.IsMember ? Refusal.NotFound() : Refusal.SignIn();
    }
}
