using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Filters, and their keywords and posts one by one.</summary>
internal static class FilterRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v2/filters", "getFilters", "Lists your filters", "read:filters", async (Wire wire, FilterDesk desk, CancellationToken ct) => Wire.Json(await desk.AllAsync(wire.Viewer, ct)));
        api.Mine("POST", "v2/filters", "createFilter", "Makes a filter", "write:filters", async (Wire wire, FilterDesk desk, CancellationToken ct) =>
            Wire.Json(await desk.OneAsync(await desk.AddAsync(Wish(wire.Sent), wire.Viewer, ct), wire.Viewer, ct)));
        api.Mine("GET", "v2/filters/{id}", "getFilter", "Shows a filter", "read:filters", async (long id, Wire wire, FilterDesk desk, CancellationToken ct) => Wire.Json(await desk.OneAsync(new(id), wire.Viewer, ct)));
        api.Mine("PUT", "v2/filters/{id}", "editFilter", "Changes a filter", "write:filters", async (long id, Wire wire, FilterDesk desk, CancellationToken ct) =>
        {
            await desk.EditAsync(new(id), Wish(wire.Sent), wire.Viewer, ct);
            return Wire.Json(await desk.OneAsync(new(id), wire.Viewer, ct));
        });
        api.Mine("DELETE", "v2/filters/{id}", "deleteFilter", "Deletes a filter", "write:filters", async (long id, Wire wire, FilterDesk desk, CancellationToken ct) =>
        {
            await desk.DeleteAsync(new(id), wire.Viewer, ct);
            return Wire.Empty();
        });
        FirstFilterRoutes.Map(api);
        MapParts(api);
    }

    private static void MapParts(RouteGroupBuilder api)
    {
        api.Mine("GET", "v2/filters/{id}/keywords", "getFilterKeywords", "Lists a filter's keywords", "read:filters", async (long id, Wire wire, FilterDesk desk, CancellationToken ct) => Wire.Json((await desk.OneAsync(new(id), wire.Viewer, ct)).Keywords));
        api.Mine("POST", "v2/filters/{id}/keywords", "addFilterKeyword", "Adds a keyword to a filter", "write:filters", AddKeywordAsync);
        api.Mine("GET", "v2/filters/keywords/{id}", "getFilterKeyword", "Shows a keyword", "read:filters", async (long id, Wire wire, SocialDb db, CancellationToken ct) => Wire.Json(Entity(await KeywordAsync(id, wire, db, ct))));
        api.Mine("PUT", "v2/filters/keywords/{id}", "editFilterKeyword", "Changes a keyword", "write:filters", EditKeywordAsync);
        api.Mine("DELETE", "v2/filters/keywords/{id}", "deleteFilterKeyword", "Deletes a keyword", "write:filters", async (long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct) =>
        {
            await desk.WriteAsync(wire.Viewer, async token => db.FilterKeywords.Remove(await KeywordAsync(id, wire, db, token)), ct);
            return Wire.Empty();
        });
        api.Mine("GET", "v2/filters/{id}/statuses", "getFilterStatuses", "Lists the posts a filter names", "read:filters", async (long id, Wire wire, FilterDesk desk, CancellationToken ct) => Wire.Json((await desk.OneAsync(new(id), wire.Viewer, ct)).Statuses));
        api.Mine("POST", "v2/filters/{id}/statuses", "addFilterStatus", "Adds a post to a filter", "write:filters", AddStatusAsync);
        api.Mine("GET", "v2/filters/statuses/{id}", "getFilterStatus", "Shows a post of a filter", "read:filters", async (long id, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var row = await NamedAsync(id, wire, db, ct);
            return Wire.Json(new FilterStatusEntity(row.Id.ToString(), row.StatusId.ToString()));
        });
        api.Mine("DELETE", "v2/filters/statuses/{id}", "deleteFilterStatus", "Takes a post from a filter", "write:filters", async (long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct) =>
        {
            var row = await NamedAsync(id, wire, db, ct);
            await desk.WriteAsync(wire.Viewer, token => db.FilterStatuses.Where(s => s.Id == row.Id).ExecuteDeleteAsync(token), ct);
            return Wire.Json(new FilterStatusEntity(row.Id.ToString(), row.StatusId.ToString()));
        });
    }

    private static FilterWish Wish(LooseParameters sent) => new(
        sent.Text("title"), sent.Has("context") ? sent.List("context") : null,
        sent.Text("filter_action") is { Length: > 0 } action ? Enum.TryParse<FilterAction>(action, ignoreCase: true, out var known) && !int.TryParse(action, out _) ? known : throw Refusal.Invalid("filter_action", "Action is not included in the list") : null,
        sent.Has("expires_in"), (int?)sent.Number("expires_in"),
        [.. sent.Parts("keywords_attributes").Select(k => new KeywordWish(
            Id<FilterKeyword>.TryParse(k.Text("id"), null, out var id) ? id : null, k.Text("keyword"), k.Switch("whole_word"), k.Switch("_destroy") ?? false))]);

    private static FilterKeywordEntity Entity(FilterKeyword row) => new(row.Id.ToString(), row.Keyword, row.WholeWord);

    private static async Task<FilterKeyword> KeywordAsync(long id, Wire wire, SocialDb db, CancellationToken ct)
    {
        var (keyword, me) = (new Id<FilterKeyword>(id), wire.Me);
        return await db.FilterKeywords.AsTracking().FirstOrDefaultAsync(k => k.Id == keyword && db.Filters.Any(f => f.Id == k.FilterId && f.AccountId == me), ct) ?? throw Wire.NotFound();
    }

    private static async Task<FilterStatus> NamedAsync(long id, Wire wire, SocialDb db, CancellationToken ct)
    {
        var (named, me) = (new Id<FilterStatus>(id), wire.Me);
        return await db.FilterStatuses.FirstOrDefaultAsync(s => s.Id == named && db.Filters.Any(f => f.Id == s.FilterId && f.AccountId == me), ct) ?? throw Wire.NotFound();
    }

    private static async Task<IResult> AddKeywordAsync(long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct)
    {
        var filter = await desk.MineAsync(new(id), wire.Viewer, ct);
        var word = wire.Sent.Text("keyword")?.Trim();
        if (string.IsNullOrEmpty(word)) throw Refusal.Invalid("keyword", "Keyword can't be blank", "required");
        var row = new FilterKeyword { FilterId = filter.Id, Keyword = word, WholeWord = wire.Sent.Switch("whole_word") ?? false };
        await desk.WriteAsync(wire.Viewer, _ => Task.FromResult(db.FilterKeywords.Add(row)), ct);
        return Wire.Json(Entity(row));
    }

    private static async Task<IResult> EditKeywordAsync(long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct)
    {
        FilterKeyword? row = null;
        await desk.WriteAsync(
            wire.Viewer,
            async token =>
            {
                row = await KeywordAsync(id, wire, db, token);
                row.Keyword = wire.Sent.Text("keyword")?.Trim() is { Length: > 0 } word ? word : row.Keyword;
                row.WholeWord = wire.Sent.Switch("whole_word") ?? row.WholeWord;
            },
            ct);
        return Wire.Json(Entity(row!));
    }

    private static async Task<IResult> AddStatusAsync(long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct)
    {
        var filter = await desk.MineAsync(new(id), wire.Viewer, ct);
        var status = await db.SeeAsync(wire.SentId<Status>("status_id") ?? throw Wire.NotFound(), wire.Viewer, ct);
        var row = new FilterStatus { FilterId = filter.Id, StatusId = status.Id };
        await desk.WriteAsync(wire.Viewer, _ => Task.FromResult(db.FilterStatuses.Add(row)), ct);
        return Wire.Json(new FilterStatusEntity(row.Id.ToString(), row.StatusId.ToString()));
    }
}
