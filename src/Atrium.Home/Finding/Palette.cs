using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Search;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>What the Ctrl K palette offers: where to go, what to create, whom and what there is.</summary>
internal static class Palette
{
    private const int MostPeople = 5;
    private const int MostThings = 8;

    /// <param name="Kind"><c>room</c>, <c>page</c>, <c>create</c>, <c>person</c> or <c>thing</c>.</param>
    public sealed record Item(string Title, string Href, string Icon, string Room, string Kind);

    public sealed record Answer(IReadOnlyList<Item> Items);

    public static void Map(RouteGroupBuilder home) => home.MapGet("/palette", HandleAsync)
        .Operation("palette", "Offers rooms, pages, things to create, people and things for a few letters", "home:read", RateClass.Read);

    public static async Task<Answer> HandleAsync(string? q, IEnumerable<Room> rooms, IEnumerable<CreateEntry> entries, IMembers members, ISearch search, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var text = q?.Trim() ?? "";
        if (text.Length > 100) throw Refusal.Invalid("q", "At most 100 characters.");
        var items = new List<Item>();
        items.AddRange(rooms.OrderBy(r => r.Order).Select(r => new Item(r.Title, r.Href, r.Icon, r.Name, "room")).Where(i => Fits(i.Title, text)));
        items.AddRange(Pages(actor).Where(i => Fits(i.Title, text)));
        items.AddRange(entries.Select(e => new Item($"New {e.Title.ToLowerInvariant()}", e.Href, e.Icon, e.Room, "create")).Where(i => Fits(i.Title, text)));
        if (text.Length > 0)
        {
            var people = await members.SearchAsync(text.TrimStart('@'), MostPeople, ct);
            items.AddRange(people.Select(p => new Item($"{p.Name} @{p.Handle}", p.Href, "person", "accounts", "person")));
            var found = await search.FindAsync(new(text, Limit: MostThings), actor, ct);
            items.AddRange(found.Hits.Items.Select(h => new Item(h.Title, h.Href, h.Room, h.Room, "thing")));
        }

        return new(items);
    }

    private static IEnumerable<Item> Pages(Actor actor)
    {
        yield return new("Home", "/", "home", HomeDb.Name, "page");
        yield return new("Inbox", "/inbox", "inbox", HomeDb.Name, "page");
        yield return new("Settings", "/settings", "settings", HomeDb.Name, "page");
        yield return new("Notifications", "/settings/notifications", "bell", HomeDb.Name, "page");
        yield return new("Your data", "/settings/data", "settings", HomeDb.Name, "page");
        yield return new("Webhooks", "/settings/webhooks", "settings", HomeDb.Name, "page");
        if (actor.IsModerator) yield return new("Moderation", "/moderation", "admin", HomeDb.Name, "page");
        if (actor.IsAdministrator) yield return new("Administration", "/admin", "admin", HomeDb.Name, "page");
    }

    // A word of the title begins with what was typed.
    private static bool Fits(string title, string text) =>
        text.Length == 0 || title.StartsWith(text, StringComparison.OrdinalIgnoreCase) || title.Contains(" " + text, StringComparison.OrdinalIgnoreCase);
}
