using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Uploads.</summary>
internal static class MediaRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        foreach (var version in (string[])["v1", "v2"])
            api.Mine("POST", version + "/media", version == "v2" ? "uploadMedia" : "uploadMediaV1", "Takes in a picture for a post", "write:media", PostAsync, RateClass.Heavy);
        api.Mine("GET", "v1/media/{id}", "getMedia", "Shows an upload of yours", "write:media", async (string id, Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct) =>
            Wire.Json(write.Media((await desk.MineAsync(Wire.Id<Media>(id), wire.Viewer, ct)).Document)));
        api.Mine("PUT", "v1/media/{id}", "describeMedia", "Changes the words and focal point of an upload", "write:media", async (string id, Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct) =>
            Wire.Json(write.Media((await desk.DescribeAsync(Wire.Id<Media>(id), new(wire.Sent.Text("description"), NewStatusReader.Focus(wire.Sent.Text("focus"))), wire.Viewer, ct)).Document)));
        api.Mine("DELETE", "v1/media/{id}", "deleteMedia", "Throws away an upload that is in no post", "write:media", async (string id, Wire wire, MediaDesk desk, CancellationToken ct) =>
        {
            await desk.DropAsync(Wire.Id<Media>(id), wire.Viewer, ct);
            return Wire.Empty();
        });
    }

    private static async Task<IResult> PostAsync(Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct)
    {
        var media = await desk.TakeAsync(wire.Sent.Files?.GetFile("file"), wire.Sent.Text("description"), NewStatusReader.Focus(wire.Sent.Text("focus")), wire.Viewer, ct);
        return Wire.Json(write.Media(media.Document));
    }
}
