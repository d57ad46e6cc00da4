using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>What the house tells everyone, and how people answer it with a sign.</summary>
internal static class AnnouncementRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/announcements", "getAnnouncements", "Lists what the house tells everyone", "read:accounts", async (Wire wire, AnnouncementReader reader, CancellationToken ct) =>
            Wire.Json(await reader.ReadAsync(wire.Me, wire.Sent.Switch("with_dismissed") ?? false, ct)));
        api.Mine("POST", "v1/announcements/{id}/dismiss", "dismissAnnouncement", "Notes that you read it", "write:accounts", async (string id, Wire wire, AnswerAnnouncement answer, CancellationToken ct) =>
        {
            await answer.DismissAsync(Wire.Id<Announcement>(id), wire.Viewer, ct);
            return Wire.Empty();
        });
        React(api, "PUT", "reactToAnnouncement", "Answers with a sign", on: true);
        React(api, "DELETE", "unreactToAnnouncement", "Takes a sign back", on: false);
    }

    private static void React(RouteGroupBuilder api, string method, string name, string summary, bool on) =>
        api.Mine(method, "v1/announcements/{id}/reactions/{sign}", name, summary, "write:favourites", async Task<IResult> (string id, string sign, Wire wire, AnswerAnnouncement answer, CancellationToken ct) =>
        {
            await answer.ReactAsync(Wire.Id<Announcement>(id), sign, on, wire.Viewer, ct);
            return Wire.Empty();
        });
}
