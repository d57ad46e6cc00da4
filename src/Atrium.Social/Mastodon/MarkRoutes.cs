using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>What a reader does to a post; each answers the post as it stands afterwards.</summary>
internal static class MarkRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        Mark(api, "favourite", "favouriteStatus", "Likes a post", "write:favourites", (m, id, v, ct) => m.FavouriteAsync(id, v, ct));
        Mark(api, "unfavourite", "unfavouriteStatus", "Takes a like back", "write:favourites", (m, id, v, ct) => m.UnfavouriteAsync(id, v, ct));
        Mark(api, "bookmark", "bookmarkStatus", "Keeps a post", "write:bookmarks", (m, id, v, ct) => m.BookmarkAsync(id, on: true, v, ct));
        Mark(api, "unbookmark", "unbookmarkStatus", "Keeps a post no longer", "write:bookmarks", (m, id, v, ct) => m.BookmarkAsync(id, on: false, v, ct));
        Mark(api, "pin", "pinStatus", "Puts a post of yours at the top of your profile", "write:accounts", (m, id, v, ct) => m.PinAsync(id, on: true, v, ct));
        Mark(api, "unpin", "unpinStatus", "Takes a post of yours from the top", "write:accounts", (m, id, v, ct) => m.PinAsync(id, on: false, v, ct));
        Mark(api, "mute", "muteStatus", "Tells you no more of a conversation", "write:mutes", (m, id, v, ct) => m.MuteThreadAsync(id, on: true, v, ct));
        Mark(api, "unmute", "unmuteStatus", "Tells you of a conversation again", "write:mutes", (m, id, v, ct) => m.MuteThreadAsync(id, on: false, v, ct));
        api.Mine("POST", "v1/statuses/{id}/reblog", "reblogStatus", "Boosts a post", "write:statuses", async (string id, Wire wire, BoostStatus boost, StatusReader reader, CancellationToken ct) =>
            Wire.Json(await reader.OneAsync(await boost.HandleAsync(Wire.Id<Status>(id), NewStatusReader.Visibility(wire.Sent.Text("visibility")), wire.Viewer, ct), wire.Viewer, ct)));
        api.Mine("POST", "v1/statuses/{id}/unreblog", "unreblogStatus", "Takes a boost back", "write:statuses", async (string id, Wire wire, BoostStatus boost, StatusReader reader, CancellationToken ct) =>
            Wire.Json(await reader.OneAsync(await boost.UndoAsync(Wire.Id<Status>(id), wire.Viewer, ct), wire.Viewer, ct)));
    }

    private static void Mark(RouteGroupBuilder api, string verb, string name, string summary, string scope, Func<MarkStatus, Id<Status>, Viewer, CancellationToken, Task> mark) =>
        api.Mine("POST", "v1/statuses/{id}/" + verb, name, summary, scope, async Task<IResult> (string id, Wire wire, MarkStatus marks, StatusReader reader, CancellationToken ct) =>
        {
            var status = Wire.Id<Status>(id);
            await mark(marks, status, wire.Viewer, ct);
            return Wire.Json(await reader.OneAsync(status, wire.Viewer, ct));
        });
}
