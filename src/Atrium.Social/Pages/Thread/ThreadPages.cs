using System.Globalization;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary><c>/@name/{id}</c>: a post and what stands around it; its versions; who likes and boosted it.</summary>
internal static class ThreadPages
{
    private const int Together = 40;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(PageCall.Named + "/{id:long}", ShowAsync).AllowAnonymous();
        pages.MapGet(PageCall.Named + "/{id:long}/history", HistoryAsync).AllowAnonymous();
        pages.MapGet(PageCall.Named + "/{id:long}/likes", LikesAsync).AllowAnonymous();
        pages.MapGet(PageCall.Named + "/{id:long}/boosts", BoostsAsync).AllowAnonymous();
        pages.MapGet(PageCall.Named + "/{id:long}/quotes", QuotesAsync).AllowAnonymous();
        pages.MapPost("/social/posts/{id}/quotes/{quoting}/revoke", RevokeAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> ShowAsync(string name, long id, PageCall call, SocialDb db, StatusReader reader, ThreadReader threads, PostShow show, ComposerDesk composers, CancellationToken ct)
    {
        var (viewer, cursor) = (await call.ViewerAsync(ct), ThreadTopic.Now());
        var row = await db.SeeAsync(new(id), viewer, ct);
        var entity = await reader.OneAsync(new(id), viewer, ct);
        if (viewer.Me is null && PageCall.IsElsewhere((entity.Reblog ?? entity).Account)) return PageCall.Away((entity.Reblog ?? entity).Url);
        if (entity.Reblog is { } boosted) return Results.Redirect(call.Href(boosted));
        // A post has one address, and the root of a thing's thread is the thing.
        if (row.Kind == StatusKind.Root || !call.Href(entity).Equals($"/{name}/{id}", StringComparison.OrdinalIgnoreCase)) return Results.Redirect(call.Href(entity));

        var context = await threads.ContextAsync(new(id), viewer, ct);
        var all = await show.ManyAsync([.. context.Ancestors, entity, .. context.Descendants], call.Here, ct);
        var post = all[context.Ancestors.Count];
        var depths = new Dictionary<string, int> { [post.Id] = -1 };
        List<(Post, int)> below = [];
        foreach (var answer in all.Skip(context.Ancestors.Count + 1))
        {
            var depth = depths.GetValueOrDefault(answer.Status.InReplyToId ?? "", -1) + 1;
            depths[answer.Id] = depth;
            below.Add((answer, depth));
        }

        return call.Page<Pages.ThreadPage>(new
        {
            Model = new ThreadModel(post) { Topic = ThreadTopic.Of(row.ThreadRoot), Cursor = cursor, Embed = Embed(row, entity), Above = [.. all.Take(context.Ancestors.Count)], Below = below, Reply = await composers.OpenAsync(ct, call.Path, post), Likes = entity.FavouritesCount, Boosts = entity.ReblogsCount, Quotes = entity.QuotesCount },
        });
    }

    // Its address as it stands in the world: whoever reads the link may be anywhere.
    private static string? Embed(Status row, StatusEntity entity) =>
        row.IsLocal && row.Visibility is Visibility.Public or Visibility.Unlisted ? $"{entity.Url[..^row.Url.Length]}/api/oembed?url={Uri.EscapeDataString(entity.Url)}" : null;

    private static async Task<IResult> HistoryAsync(string name, long id, PageCall call, HistoryReader history, CancellationToken ct) => call.Page<Pages.AboutPostPage>(new
    {
        Model = new AboutPostModel("Versions", $"/{name}/{id}") { Versions = [.. (await history.ReadAsync(new(id), await call.ViewerAsync(ct), ct)).Reverse()] },
    });

    private static async Task<IResult> LikesAsync(string name, long id, PageCall call, SocialDb db, AccountReader accounts, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var status = await db.SeeAsync(new(id), viewer, ct);
        var page = await (call.Paging with { Limit = Together }).CutAsync(db.Favourites.Where(f => f.StatusId == status.Id).NotBlockedFor(viewer, db, f => f.AccountId), f => f.Id, ct);
        return await PeopleAsync("Likes", $"/{name}/{id}", page, [.. page.Rows.Select(f => f.AccountId)], call, accounts, show, ct);
    }

    private static async Task<IResult> BoostsAsync(string name, long id, PageCall call, SocialDb db, AccountReader accounts, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var status = await db.SeeAsync(new(id), viewer, ct);
        var page = await (call.Paging with { Limit = Together }).CutAsync(db.Statuses.Where(s => s.BoostOf == status.Id).VisibleTo(viewer, db), s => s.Id, ct);
        return await PeopleAsync("Boosts", $"/{name}/{id}", page, [.. page.Rows.Select(s => s.AccountId)], call, accounts, show, ct);
    }

    private static async Task<IResult> QuotesAsync(string name, long id, PageCall call, SocialDb db, QuoteDesk quotes, StatusReader reader, PostShow show, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var quoted = await db.SeeAsync(new(id), viewer, ct);
        var page = await quotes.ListAsync(new(id), call.Paging, viewer, ct);
        var posts = await show.ManyAsync(await reader.ReadAsync(page.Rows, viewer, null, ct), call.Here, ct);
        return call.Page<Pages.AboutPostPage>(new
        {
            Model = new AboutPostModel("Quotes", $"/{name}/{id}") { Posts = posts, Older = call.Older(page), Back = call.Here, Revokes = quoted.AccountId == viewer.Me ? id.ToString(CultureInfo.InvariantCulture) : null },
        });
    }

    private static async Task<IResult> RevokeAsync(Id<Status> id, Id<Status> quoting, PageCall call, QuoteDesk quotes, CancellationToken ct)
    {
        var form = await call.Http.Request.ReadFormAsync(ct);
        await quotes.RevokeAsync(id, quoting, await call.ViewerAsync(ct), ct);
        return call.SeeOther(form.Back("/social"));
    }

    private static async Task<IResult> PeopleAsync<T>(string title, string href, PageOf<T> page, IReadOnlyList<Id<Account>> who, PageCall call, AccountReader accounts, PostShow show, CancellationToken ct) =>
        call.Page<Pages.AboutPostPage>(new { Model = new AboutPostModel(title, href) { People = await show.PeopleAsync(await accounts.ByIdAsync(who, ct), ct), Older = call.Older(page), Back = call.Here } });
}
