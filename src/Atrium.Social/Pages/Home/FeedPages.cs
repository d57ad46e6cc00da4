using System.Linq.Expressions;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Lists of posts: home, members, tags, what one keeps and likes.</summary>
internal static class FeedPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social", HomeAsync).AllowAnonymous();
        pages.MapGet("/social/members", MembersAsync).AllowAnonymous();
        pages.MapGet("/social/public", PublicAsync).AllowAnonymous();
        pages.MapGet("/tags/{tag}", TagAsync).AllowAnonymous();
        pages.MapPost("/tags/{tag}", FollowTagAsync).Rate(RateClass.Write);
        pages.MapGet("/social/bookmarks", async (PageCall call, FeedTools tools, CancellationToken ct) => await KeptAsync(
            "Bookmarks", "Nothing kept yet", "Keep a post with its bookmark, to find it here. Nobody is told.", call, tools,
            await KeptBy(call, tools, (me, seen) => tools.Db.Bookmarks.Where(b => b.AccountId == me && seen.Any(s => s.Id == b.StatusId)), b => b.Id, b => b.StatusId, ct), ct));
        pages.MapGet("/social/favourites", async (PageCall call, FeedTools tools, CancellationToken ct) => await KeptAsync(
            "Likes", "Nothing liked yet", "What you like stands here. Its author is told.", call, tools,
            await KeptBy(call, tools, (me, seen) => tools.Db.Favourites.Where(f => f.AccountId == me && seen.Any(s => s.Id == f.StatusId)), f => f.Id, f => f.StatusId, ct), ct));
    }

    private static async Task<IResult> HomeAsync(PageCall call, FeedTools tools, Timelines timelines, HomeVisit visit, ComposerDesk composers, AnnouncementReader announcements, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        if (viewer.Me is null) return Results.Redirect("/social/members");
        await visit.SeenAsync(viewer, ct);
        var page = await timelines.HomeAsync(call.Paging, viewer, ct);
        var posts = await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "home", ct), call.Here, ct);
        await tools.ExplainAsync(posts, page.Rows, viewer, ct);
        var first = call.Newest() is null;
        return await tools.PageAsync(call, new("Home", "/social", posts)
        {
            Older = call.Older(page), Newest = call.Newest(), Composer = first ? await composers.OpenAsync(ct, "/social") : null, Stream = first ? "user" : null,
            Announcements = first ? await announcements.ReadAsync(viewer.Me.Value, withRead: false, ct) : [],
            Empty = "Your home is quiet", EmptyText = "Follow people, and their posts come here. The members’ timeline shows who is around.",
        }, viewer, ct);
    }

    private static async Task<IResult> MembersAsync(PageCall call, FeedTools tools, Timelines timelines, TimelineAccess access, ComposerDesk composers, FederationGate gate, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var shown = await access.NarrowAsync(OpenFeed.Live, new(Local: true), viewer, ct);
        var page = shown is null ? Nothing : await timelines.MembersAsync(call.Paging, viewer, ct);
        var posts = await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "public", ct), call.Here, ct);
        var first = call.Newest() is null;
        return await tools.PageAsync(call, new("Members", "/social/members", posts)
        {
            Older = call.Older(page), Newest = call.Newest(), Composer = first ? await composers.OpenAsync(ct, "/social/members") : null, Stream = first && shown is not null ? "public:local" : null, Notice = shown is null ? Closed : null,
            Ways = await gate.ModeAsync(ct) == FederationMode.Off ? [] : Ways(everywhere: false),
            Empty = "Nobody has posted yet", EmptyText = "What members post for everyone, or for the house, stands here.",
        }, viewer, ct);
    }

    private static async Task<IResult> PublicAsync(PageCall call, FeedTools tools, Timelines timelines, TimelineAccess access, FederationGate gate, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var off = await gate.ModeAsync(ct) == FederationMode.Off;
        var wish = await access.NarrowAsync(OpenFeed.Live, new(), viewer, ct);
        var page = wish is null ? Nothing : await timelines.PublicAsync(wish, call.Paging, viewer, ct);
        var posts = await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "public", ct), call.Here, ct);
        return await tools.PageAsync(call, new("Everywhere", "/social/public", posts)
        {
            Older = call.Older(page), Newest = call.Newest(), Stream = call.Newest() is null && wish is not null ? "public" : null, Ways = Ways(everywhere: true),
            Notice = wish is null ? Closed : off ? "This house exchanges posts with no other server, so only its own public posts stand here." : null,
            Empty = "Nothing public yet", EmptyText = "Public posts of this house, and of the servers it exchanges posts with, stand here.",
        }, viewer, ct);
    }

    private const string Closed = "This house does not show this timeline.";

    private static readonly PageOf<StatusRef> Nothing = new([], 0, 0, false);

    private static IReadOnlyList<Web.TabItem> Ways(bool everywhere) => [new("This house", "/social/members", !everywhere), new("Everywhere", "/social/public", everywhere)];

    private static async Task<IResult> TagAsync(string tag, PageCall call, FeedTools tools, Timelines timelines, TimelineAccess access, TagReader tags, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var wish = await access.NarrowAsync(OpenFeed.Hashtag, new(), viewer, ct);
        var page = wish is null ? Nothing : await timelines.TagAsync(tag, [], [], [], wish, call.Paging, viewer, ct);
        var posts = await tools.Show.ManyAsync(await tools.Reader.ReadAsync(page.Rows, viewer, "public", ct), call.Here, ct);
        return await tools.PageAsync(call, new($"#{tag}", call.Path, posts)
        {
            Older = call.Older(page), Newest = call.Newest(), Tag = (await tags.ByNameAsync([tag], viewer, ct))[0], Stream = call.Newest() is null && wish is not null ? "hashtag" : null, Notice = wish is null ? Closed : null, StreamTag = PostText.TagKey(tag),
            Feed = $"/tags/{Uri.EscapeDataString(PostText.TagKey(tag))}.rss",
            Empty = "No public post has this tag", EmptyText = "Public posts with this tag stand here, newest first.",
        }, viewer, ct);
    }

    private static async Task<IResult> FollowTagAsync(string tag, PageCall call, FollowTag follow, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        await follow.HandleAsync(tag, form.Text("act") == "follow", await call.ViewerAsync(ct), ct);
        return call.SeeOther(form.Back($"/tags/{Uri.EscapeDataString(tag)}"));
    }

    private static async Task<PageOf<Id<Status>>> KeptBy<T>(
        PageCall call, FeedTools tools, Func<Id<Account>, IQueryable<Status>, IQueryable<T>> rows, Expression<Func<T, Id<T>>> order, Func<T, Id<Status>> post, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var page = await call.Paging.CutAsync(rows(viewer.Demand(), tools.Db.Statuses.VisibleTo(viewer, tools.Db)), order, ct);
        return new([.. page.Rows.Select(post)], page.First, page.Last, page.HasOlder);
    }

    private static async Task<IResult> KeptAsync(string title, string empty, string text, PageCall call, FeedTools tools, PageOf<Id<Status>> page, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var posts = await tools.Show.ManyAsync(await tools.Reader.ByIdAsync(page.Rows, viewer, ct), call.Here, ct);
        return await tools.PageAsync(call, new(title, call.Path, posts) { Older = call.Older(page), Newest = call.Newest(), Empty = empty, EmptyText = text }, viewer, ct);
    }
}
