using Atrium.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Timelines.</summary>
internal static class TimelineRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/timelines/home", "getHomeTimeline", "Shows your home", "read:statuses", HomeAsync);
        api.Open("GET", "v1/timelines/public", "getPublicTimeline", "Shows public posts", "read:statuses", PublicAsync);
        api.Open("GET", "v1/timelines/tag/{tag}", "getTagTimeline", "Shows public posts with a hashtag", "read:statuses", TagAsync);
        api.Mine("GET", "v1/timelines/list/{id}", "getListTimeline", "Shows posts of those on a list of yours", "read:lists", ListAsync);
        api.Open("GET", "v1/timelines/link", "getLinkTimeline", "Shows public posts with a link", "read:statuses", LinkAsync);
    }

    private static async Task<IResult> HomeAsync(Wire wire, Timelines timelines, HomeVisit visit, StatusReader reader, SocialDb db, CancellationToken ct)
    {
        await using var held = await db.HoldAsync(ct);
        await visit.SeenAsync(wire.Viewer, ct);
        var page = await timelines.HomeAsync(wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await reader.ReadAsync(page.Rows, wire.Viewer, "home", ct, page.Posts));
    }

    private static async Task<IResult> PublicAsync(Wire wire, Timelines timelines, TimelineAccess access, StatusReader reader, CancellationToken ct)
    {
        if (await access.NarrowAsync(OpenFeed.Live, Wish(wire), wire.Viewer, ct) is not { } wish) return Wire.Json(Array.Empty<StatusEntity>());
        var page = await timelines.PublicAsync(wish, wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await reader.ReadAsync(page.Rows, wire.Viewer, "public", ct));
    }

    private static async Task<IResult> TagAsync(string tag, Wire wire, Timelines timelines, TimelineAccess access, StatusReader reader, CancellationToken ct)
    {
        if (await access.NarrowAsync(OpenFeed.Hashtag, Wish(wire), wire.Viewer, ct) is not { } wish) return Wire.Json(Array.Empty<StatusEntity>());
        var page = await timelines.TagAsync(tag, wire.Sent.List("any"), wire.Sent.List("all"), wire.Sent.List("none"), wish, wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await reader.ReadAsync(page.Rows, wire.Viewer, "public", ct));
    }

    private static async Task<IResult> ListAsync(string id, Wire wire, Timelines timelines, StatusReader reader, CancellationToken ct)
    {
        var page = await timelines.ListAsync(Wire.Id<PeopleList>(id), wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await reader.ReadAsync(page.Rows, wire.Viewer, "home", ct));
    }

    private static async Task<IResult> LinkAsync(Wire wire, Timelines timelines, TimelineAccess access, StatusReader reader, CancellationToken ct)
    {
        if (await access.NarrowAsync(OpenFeed.Link, Wish(wire), wire.Viewer, ct) is not { } wish) return Wire.Json(Array.Empty<StatusEntity>());
        var page = await timelines.LinkAsync(wire.Sent.Text("url") ?? "", wish, wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await reader.ReadAsync(page.Rows, wire.Viewer, "public", ct));
    }

    private static TimelineWish Wish(Wire wire) => new(wire.Sent.Switch("local") ?? false, wire.Sent.Switch("remote") ?? false, wire.Sent.Switch("only_media") ?? false);
}
