using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A filter as older apps know it: one keyword.</summary>
internal sealed record FirstFilterEntity(string Id, string Phrase, IReadOnlyList<string> Context, bool WholeWord, DateTimeOffset? ExpiresAt, bool Irreversible);

/// <summary>The first version of filters: a projection of each keyword of the second.</summary>
internal static class FirstFilterRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/filters", "getFiltersV1", "Lists your filters", "read:filters", async (Wire wire, SocialDb db, CancellationToken ct) => Wire.Json((await Rows(wire, db).ToListAsync(ct)).Select(Entity))).Deprecated(2022, 11, 14);
        api.Mine("GET", "v1/filters/{id}", "getFilterV1", "Shows a filter", "read:filters", async (long id, Wire wire, SocialDb db, CancellationToken ct) => Wire.Json(Entity(await OneAsync(id, wire, db, ct)))).Deprecated(2022, 11, 14);
        api.Mine("POST", "v1/filters", "createFilterV1", "Makes a filter", "write:filters", CreateAsync).Deprecated(2022, 11, 14);
        api.Mine("PUT", "v1/filters/{id}", "editFilterV1", "Changes a filter", "write:filters", EditAsync).Deprecated(2022, 11, 14);
        api.Mine("DELETE", "v1/filters/{id}", "deleteFilterV1", "Deletes a filter", "write:filters", DeleteAsync).Deprecated(2022, 11, 14);
    }

    private static IQueryable<Row> Rows(Wire wire, SocialDb db)
    {
        var me = wire.Me;
        return from k in db.FilterKeywords join f in db.Filters on k.FilterId equals f.Id where f.AccountId == me orderby k.Id select new Row { Keyword = k, Filter = f };
    }

    private static async Task<Row> OneAsync(long id, Wire wire, SocialDb db, CancellationToken ct)
    {
        var keyword = new Id<FilterKeyword>(id);
        return await Rows(wire, db).FirstOrDefaultAsync(r => r.Keyword.Id == keyword, ct) ?? throw Wire.NotFound();
    }

    private static FirstFilterEntity Entity(Row row) => new(
        row.Keyword.Id.ToString(), row.Keyword.Keyword, row.Filter.Contexts, row.Keyword.WholeWord, row.Filter.ExpiresAt, row.Filter.Action == FilterAction.Hide);

    private static FilterWish Wish(Wire wire, KeywordWish keyword) => new(
        wire.Sent.Text("phrase"), wire.Sent.Has("context") ? wire.Sent.List("context") : null,
        wire.Sent.Switch("irreversible") is { } hides ? hides ? FilterAction.Hide : FilterAction.Warn : null, wire.Sent.Has("expires_in"), (int?)wire.Sent.Number("expires_in"), [keyword]);

    private static async Task<IResult> CreateAsync(Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct)
    {
        var filter = await desk.AddAsync(Wish(wire, new(null, wire.Sent.Text("phrase"), wire.Sent.Switch("whole_word"), Remove: false)), wire.Viewer, ct);
        return Wire.Json(Entity(await Rows(wire, db).FirstAsync(r => r.Filter.Id == filter, ct)));
    }

    private static async Task<IResult> EditAsync(long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct)
    {
        var row = await OneAsync(id, wire, db, ct);
        await desk.EditAsync(row.Filter.Id, Wish(wire, new(row.Keyword.Id, wire.Sent.Text("phrase"), wire.Sent.Switch("whole_word"), Remove: false)), wire.Viewer, ct);
        return Wire.Json(Entity(await OneAsync(id, wire, db, ct)));
    }

    private static async Task<IResult> DeleteAsync(long id, Wire wire, SocialDb db, FilterDesk desk, CancellationToken ct)
    {
        var row = await OneAsync(id, wire, db, ct);
        if (await db.FilterKeywords.CountAsync(k => k.FilterId == row.Filter.Id, ct) == 1) await desk.DeleteAsync(row.Filter.Id, wire.Viewer, ct);
        else await desk.WriteAsync(wire.Viewer, token => db.FilterKeywords.Where(k => k.Id == row.Keyword.Id).ExecuteDeleteAsync(token), ct);
        return Wire.Empty();
    }

    private sealed class Row
    {
        public required FilterKeyword Keyword { get; init; }
        public required PostFilter Filter { get; init; }
    }
}
