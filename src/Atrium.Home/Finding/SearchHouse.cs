using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>Searches everything the caller may see.</summary>
public static class SearchHouse
{
    private const int Longest = 200;

    /// <param name="Snippet">Plain text; each match stands between U+0002 and U+0003.</param>
    public sealed record Hit(Thing Thing, string Room, string Title, string Snippet, string Href, DateTimeOffset UpdatedAt);

    /// <param name="Rooms">How many hits each room has, counted up to 1,000.</param>
    public sealed record Answer(IReadOnlyList<Hit> Items, string? Next, IReadOnlyDictionary<string, int> Rooms) : ISlice;

    internal static void Map(RouteGroupBuilder home) => home.MapGet("/search", HandleAsync).AllowAnonymous()
        .Operation("search", "Searches everything you may see, best first, with counts per room", "home:read", RateClass.Heavy);

    /// <param name="q">Words; the last may be unfinished. Quotes make a phrase.</param>
    internal static async Task<Answer> HandleAsync(string? q, string? room, int? limit, string? cursor, ISearch search, Actor actor, CancellationToken ct)
    {
        var text = q?.Trim() ?? "";
        if (text.Length > Longest) throw Refusal.Invalid("q", $"At most {Longest} characters.");
        if (text.Length == 0) return new([], null, new Dictionary<string, int>());
        var page = await search.FindAsync(new(text, room is { Length: > 0 } ? [room] : null, Limit: limit, Cursor: cursor), actor, ct);
        return new([.. page.Hits.Items.Select(h => new Hit(h.Thing, h.Room, h.Title, h.Snippet, h.Href, h.UpdatedAt))], page.Hits.Next, page.Rooms);
    }
}
