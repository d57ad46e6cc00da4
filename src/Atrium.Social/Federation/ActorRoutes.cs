using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Atrium.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Local people, their collections and their posts, as ActivityPub objects. Whoever wants a page is led to it.</summary>
internal static class ActorRoutes
{
    private const int PageSize = 20;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(AccountKeys.InstancePath, InstanceAsync);
        group.MapGet("/users/{name}", ActorAsync);
        group.MapGet("/users/{name}/outbox", OutboxAsync);
        group.MapGet("/users/{name}/followers", (string name, string? after, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct) =>
            PeopleAsync(name, after, "followers", request, db, http, ct));
        group.MapGet("/users/{name}/following", (string name, string? after, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct) =>
            PeopleAsync(name, after, "following", request, db, http, ct));
        group.MapGet("/users/{name}/collections/featured", FeaturedAsync);
        group.MapGet("/users/{name}/collections/tags", TagsAsync);
        group.MapGet("/users/{name}/statuses/{id}", NoteAsync);
        group.MapGet("/users/{name}/statuses/{id}/activity", ActivityAsync);
        foreach (var whole in (bool[])[false, true])
            group.MapGet("/users/{name}/statuses/{id}/" + (whole ? "context" : "replies"), (string name, string id, string? after, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct) =>
                ThreadAsync(name, id, whole, after, request, db, http, ct));
        group.MapGet("/users/{name}/statuses/{id}/likes", (string name, string id, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct) =>
            CountAsync(name, id, "likes", s => s.Favourites, request, db, http, ct));
        group.MapGet("/users/{name}/statuses/{id}/shares", (string name, string id, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct) =>
            CountAsync(name, id, "shares", s => s.Boosts, request, db, http, ct));
    }

    // Not signed for, even where everything else is: without it nobody could check our own signature.
    private static async Task<IResult> InstanceAsync(FederationGate gate, AccountKeys keys, ActorWriter write, HttpContext http, CancellationToken ct)
    {
        await gate.DemandAsync(ct);
        return Ap.Answer(write.Write(await keys.InstanceAsync(ct)), http);
    }

    private static async Task<IResult> ActorAsync(string name, FederationRequest request, AccountKeys keys, ActorWriter write, HttpContext http, CancellationToken ct)
    {
        if (!Ap.Wanted(http.Request)) return Results.Redirect("/@" + Uri.EscapeDataString(name));
        var account = await request.AccountAsync(name, ct);
        return Ap.Answer(write.Write(await keys.KeyedAsync(account, ct)), http);
    }

    private static async Task<IResult> OutboxAsync(string name, string? max_id, string? page, FederationRequest request, SocialDb db, NoteWriter notes, HttpContext http, CancellationToken ct)
    {
        var account = await request.AccountAsync(name, ct);
        var id = request.Absolute(account.Uri) + "/outbox";
        var rows = db.Statuses.Where(s => s.AccountId == account.Id && s.Kind != StatusKind.Root).Fetchable(db);
        if (page is null) return Ap.Answer(Collection(id, await rows.CountAsync(ct), id + "?page=true"), http);
        if (Id<Status>.TryParse(max_id, null, out var before)) rows = rows.Where(s => s.Id < before);
        var found = await rows.OrderByDescending(s => s.Id).Take(PageSize).ToListAsync(ct);
        var items = new JsonArray();
        foreach (var status in found) items.Add(await notes.ActivityAsync(status, account, ct));
        return Ap.Answer(Page(id, $"{id}?page=true&max_id={max_id}", items, found.Count < PageSize ? null : $"{id}?page=true&max_id={found[^1].Id}"), http);
    }

    private static async Task<IResult> PeopleAsync(string name, string? after, string which, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct)
    {
        var account = await request.AccountAsync(name, ct);
        var id = $"{request.Absolute(account.Uri)}/{which}";
        var rows = db.Follows.Where(f => f.State == FollowState.Accepted && (which == "followers" ? f.TargetId == account.Id : f.AccountId == account.Id));
        if (account.HideCollections || after is null) return Ap.Answer(Collection(id, await rows.CountAsync(ct), account.HideCollections ? null : id + "?after=0"), http);
        var from = long.TryParse(after, CultureInfo.InvariantCulture, out var number) ? new Id<Follow>(number) : default;
        var found = await rows.Where(f => f.Id > from).OrderBy(f => f.Id).Take(PageSize)
            .Select(f => new { f.Id, Uri = db.Accounts.Where(a => a.Id == (which == "followers" ? f.AccountId : f.TargetId)).Select(a => a.Uri).First() }).ToListAsync(ct);
        return Ap.Answer(Page(id, $"{id}?after={from}", Ap.List(found.Select(f => request.Absolute(f.Uri))), found.Count < PageSize ? null : $"{id}?after={found[^1].Id}"), http);
    }

    private static async Task<IResult> FeaturedAsync(string name, FederationRequest request, SocialDb db, NoteWriter notes, HttpContext http, CancellationToken ct)
    {
        var account = await request.AccountAsync(name, ct);
        var pinned = await db.Statuses.Where(s => db.Pins.Any(p => p.AccountId == account.Id && p.StatusId == s.Id)).Fetchable(db).OrderByDescending(s => s.Id).ToListAsync(ct);
        var items = new JsonArray();
        foreach (var status in pinned) items.Add(await notes.NoteAsync(status, account, ct));
        return Ap.Answer(Whole(request.Absolute(account.Uri) + "/collections/featured", "OrderedCollection", items), http);
    }

    private static async Task<IResult> TagsAsync(string name, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct)
    {
        var account = await request.AccountAsync(name, ct);
        var tags = await (from f in db.FeaturedTags join t in db.Hashtags on f.TagId equals t.Id where f.AccountId == account.Id orderby t.Name select t).ToListAsync(ct);
        var items = new JsonArray([.. tags.Select(t => (JsonNode)new JsonObject { ["type"] = "Hashtag", ["href"] = request.Absolute("/tags/" + Uri.EscapeDataString(t.Name)), ["name"] = "#" + t.Display })]);
        return Ap.Answer(Whole(request.Absolute(account.Uri) + "/collections/tags", "Collection", items), http);
    }

    private static async Task<IResult> NoteAsync(string name, string id, FederationRequest request, NoteWriter notes, HttpContext http, CancellationToken ct)
    {
        if (!Ap.Wanted(http.Request)) return Results.Redirect($"/@{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(id)}");
        var (status, author) = await request.StatusAsync(name, id, ct);
        return Ap.Answer(status.BoostOf is null ? await notes.NoteAsync(status, author, ct) : await notes.ActivityAsync(status, author, ct), http);
    }

    private static async Task<IResult> ActivityAsync(string name, string id, FederationRequest request, NoteWriter notes, HttpContext http, CancellationToken ct)
    {
        var (status, author) = await request.StatusAsync(name, id, ct);
        return Ap.Answer(await notes.ActivityAsync(status, author, ct), http);
    }

    // What answers a post, or the whole thread that begins with it.
    private static async Task<IResult> ThreadAsync(string name, string id, bool whole, string? after, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct)
    {
        var (status, author) = await request.StatusAsync(name, id, ct);
        var (collection, kind) = whole ? (request.Absolute(status.Uri) + "/context", "OrderedCollection") : (request.Absolute(status.Uri) + "/replies", "Collection");
        var from = long.TryParse(after, CultureInfo.InvariantCulture, out var number) ? new Id<Status>(number) : default;
        var rows = (whole ? db.Statuses.Where(s => s.ThreadRoot == status.Id && s.Kind != StatusKind.Boost) : db.Statuses.Where(s => s.InReplyTo == status.Id)).Where(s => s.DeletedAt == null && s.HiddenAt == null && (s.Visibility == Visibility.Public || s.Visibility == Visibility.Unlisted));
        if (status.DiscussionId is not null) rows = rows.Where(s => !s.IsLocal || s.DiscussionId == status.DiscussionId);
        var found = await rows.Where(s => s.Id > from).OrderBy(s => s.Id).Take(PageSize).Select(s => new { s.Id, s.Uri }).ToListAsync(ct);
        var page = Page(collection, $"{collection}?after={from}", Ap.List(found.Select(s => request.Absolute(s.Uri))), found.Count < PageSize ? null : $"{collection}?after={found[^1].Id}", kind);
        if (after is not null) return Ap.Answer(page, http);
        var node = new JsonObject { ["id"] = collection, ["type"] = kind, ["first"] = page };
        if (whole) node["attributedTo"] = request.Absolute(author.Uri);
        return Ap.Answer(node, http);
    }

    private static async Task<IResult> CountAsync(
        string name, string id, string which, Expression<Func<StatusStats, int>> count, FederationRequest request, SocialDb db, HttpContext http, CancellationToken ct)
    {
        var (status, _) = await request.StatusAsync(name, id, ct);
        return Ap.Answer(Collection($"{request.Absolute(status.Uri)}/{which}", await db.StatusStats.Where(s => s.StatusId == status.Id).Select(count).FirstOrDefaultAsync(ct), null, "Collection"), http);
    }

    private static JsonObject Collection(string id, int total, string? first, string type = "OrderedCollection")
    {
        var node = new JsonObject { ["id"] = id, ["type"] = type, ["totalItems"] = total };
        if (first is not null) node["first"] = first;
        return node;
    }

    private static JsonObject Whole(string id, string type, JsonArray items) => new()
    {
        ["id"] = id, ["type"] = type, ["totalItems"] = items.Count, [type == "Collection" ? "items" : "orderedItems"] = items,
    };

    private static JsonObject Page(string id, string self, JsonArray items, string? next, string kind = "OrderedCollection")
    {
        var node = new JsonObject { ["id"] = self, ["type"] = kind + "Page", ["partOf"] = id, [kind == "Collection" ? "items" : "orderedItems"] = items };
        if (next is not null) node["next"] = next;
        return node;
    }
}
