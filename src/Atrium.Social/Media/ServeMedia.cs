using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Hands out a picture to whoever knows its address, which nobody can guess and which stands only in posts one may see: apps fetch pictures
/// without signing in. What is of a suspended account is out of everybody's sight with its posts.
/// </summary>
internal static class ServeMedia
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/social/media/{id}/{secret}/{form}", ["GET", "HEAD"], HandleAsync).AllowAnonymous().Rate(RateClass.Free).ExcludeFromDescription();
        app.MapMethods("/social/cards/{id}/{secret}", ["GET", "HEAD"], CardAsync).AllowAnonymous().Rate(RateClass.Free).ExcludeFromDescription();
        app.MapMethods("/social/emoji/{id}/{form}", ["GET", "HEAD"], EmojiAsync).AllowAnonymous().Rate(RateClass.Free).ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(string id, string secret, string form, SocialDb db, ServeFile serve, CancellationToken ct)
    {
        if (!Id<Media>.TryParse(id, null, out var key)) throw Refusal.NotFound();
        var media = await db.Media.Where(m => m.Id == key && m.Secret == secret && m.State == MediaState.Ready && !db.Statuses.Any(s => s.Id == m.StatusId && s.DeletedAt != null)
            && db.Accounts.Any(a => a.Id == m.AccountId && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial))).FirstOrDefaultAsync(ct);
        return await serve.HandleAsync(form == "small" && media?.PreviewFileId is { } still ? still : media?.FileId, form == "small", ct);
    }

    private static async Task<IResult> CardAsync(string id, string secret, SocialDb db, ServeFile serve, CancellationToken ct)
    {
        if (!Id<PreviewCard>.TryParse(id, null, out var key)) throw Refusal.NotFound();
        return await serve.HandleAsync(await db.PreviewCards.Where(c => c.Id == key && c.Secret == secret).Select(c => c.FileId).FirstOrDefaultAsync(ct), small: true, ct);
    }

    private static async Task<IResult> EmojiAsync(string id, string form, SocialDb db, ServeFile serve, CancellationToken ct)
    {
        if (!Id<CustomEmoji>.TryParse(id, null, out var key)) throw Refusal.NotFound();
        var emoji = await db.Emojis.Where(e => e.Id == key && !e.Disabled).Select(e => new { e.FileId, e.StaticFileId }).FirstOrDefaultAsync(ct);
        return await serve.HandleAsync(form == "static" ? emoji?.StaticFileId ?? emoji?.FileId : emoji?.FileId, small: false, ct);
    }
}
