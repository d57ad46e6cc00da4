using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Atrium.Social;

/// <summary>
/// RSS of somebody's public posts (<c>/@name.rss</c>) and of a tag's (<c>/tags/{tag}.rss</c>): what everybody may read, and nothing of what a
/// signed-in reader sees besides.
/// </summary>
internal static class FeedRoutes
{
    private const int Many = 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        // Before the profile, whose address would take the ending for a part of the name. No handle of the house has a dot, and what has an @ is
        // somebody elsewhere, whatever their server's name ends with.
        app.MapMethods("/@{name:regex(^[A-Za-z0-9_]+$)}.rss", ["GET", "HEAD"], PersonAsync).AllowAnonymous().Rate(RateClass.Read).ExcludeFromDescription().WithOrder(-2);
        app.MapMethods("/tags/{tag}.rss", ["GET", "HEAD"], TagAsync).AllowAnonymous().Rate(RateClass.Read).ExcludeFromDescription().WithOrder(-2);
    }

    private static async Task<IResult> PersonAsync(string name, HttpContext http, SocialDb db, FeedWriter feeds, CancellationToken ct)
    {
        var folded = name.ToLowerInvariant();
        var account = await db.Accounts.FirstOrDefaultAsync(
            a => a.UsernameFolded == folded && a.Domain == "" && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial), ct) ?? throw Refusal.NotFound();
        // Replies are half a conversation; boosts are somebody else's.
        var posts = await Open(db).Where(s => s.AccountId == account.Id && (s.InReplyTo == null || s.InReplyToAccount == s.AccountId)).OrderByDescending(s => s.Id).Take(Many).ToListAsync(ct);
        return Answer(await feeds.PersonAsync(account, posts, ct), http);
    }

    private static async Task<IResult> TagAsync(string tag, HttpContext http, SocialDb db, TimelineAccess access, FeedWriter feeds, CancellationToken ct)
    {
        if (await access.NarrowAsync(OpenFeed.Hashtag, new(Local: true), Viewer.Anonymous, ct) is null) throw Refusal.NotFound();
        var key = PostText.TagKey(tag);
        var limited = db.Accounts.Where(a => a.Standing == AccountStanding.Limited);
        var posts = await Open(db).Where(s => s.IsLocal && db.StatusTags.Any(t => t.StatusId == s.Id && db.Hashtags.Any(h => h.Id == t.TagId && h.Name == key)) && !limited.Any(a => a.Id == s.AccountId))
            .OrderByDescending(s => s.Id).Take(Many).ToListAsync(ct);
        return Answer(await feeds.TagAsync(key, posts, ct), http);
    }

    // Whoever asks, signed in or not, reads what a stranger reads.
    private static IQueryable<Status> Open(SocialDb db) => db.Statuses.VisibleTo(Viewer.Anonymous, db).Where(s => s.Visibility == Visibility.Public && s.Kind == StatusKind.Note);

    private static IResult Answer(byte[] feed, HttpContext http)
    {
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(feed).AsSpan(0, 16))}\"");
        http.Response.Headers.CacheControl = "public, max-age=60";
        http.Response.GetTypedHeaders().ETag = tag;
        return http.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known && known.Any(k => k.Compare(tag, useStrongComparison: false) || k.Equals(EntityTagHeaderValue.Any))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(feed, "application/rss+xml; charset=" + Encoding.UTF8.WebName);
    }
}
