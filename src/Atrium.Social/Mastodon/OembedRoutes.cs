using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How other sites show a post (oEmbed 1.0): only what everyone may read, as quoted words without script.</summary>
internal static class OembedRoutes
{
    private const int Widest = 400;
    private const int KeptFor = 86_400;

    public static void Map(RouteGroupBuilder api) => api.MapGet("oembed", HandleAsync)
        .WithName("mastodonOembed").WithSummary("Shows a public post to other sites").WithMetadata(new HasRateClass(RateClass.Read)).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(Wire wire, HouseAddress house, SocialDb db, StatusReader reader, HouseSettings settings, CancellationToken ct)
    {
        var sent = wire.Sent.Text("url") ?? "";
        if (!sent.StartsWith(house.Root + "/", StringComparison.Ordinal) || sent.Split('?', '#')[0].TrimEnd('/').Split('/') is not [.., var last] || !Id<Status>.TryParse(last, null, out var id)) throw Wire.NotFound();
        var path = sent[house.Root.Length..].Split('?', '#')[0].TrimEnd('/');
        if (!await db.Statuses.AnyAsync(s => s.Id == id && (s.Url == path || s.Uri == path) && s.IsLocal && (s.Visibility == Visibility.Public || s.Visibility == Visibility.Unlisted), ct)) throw Wire.NotFound();
        var status = await reader.OneAsync(id, Viewer.Anonymous, ct);
        var width = (int)Math.Clamp(wire.Sent.Number("maxwidth") ?? Widest, 200, 1200);
        var name = status.Account.DisplayName.Length > 0 ? status.Account.DisplayName : status.Account.Username;
        var words = status.SpoilerText.Length > 0 ? SafeHtml.Encoded(status.SpoilerText).Value : status.Content;
        return Wire.Json(new
        {
            type = "rich",
            version = "1.0",
            author_name = name,
            author_url = status.Account.Url,
            provider_name = await settings.TextAsync(KernelModule.HouseName, ct),
            provider_url = house.Root + "/",
            cache_age = KeptFor,
            html = $"<blockquote cite=\"{SafeHtml.Encoded(status.Url)}\">{words}<p>– <a href=\"{SafeHtml.Encoded(status.Url)}\">{SafeHtml.Encoded(name)} (@{SafeHtml.Encoded(status.Account.Acct)})</a></p></blockquote>",
            width,
            height = (int?)null,
        });
    }
}
