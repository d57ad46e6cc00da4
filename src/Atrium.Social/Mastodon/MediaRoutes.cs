using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Uploads: 200 where they are ready, 202 and then 206 while they are made ready, 422 where that failed.</summary>
internal static class MediaRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("POST", "v2/media", "uploadMedia", "Takes in a picture, film or sound for a post", "write:media", async (Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct) =>
            Answer(await TakeAsync(wire, desk, ct), write, StatusCodes.Status202Accepted), RateClass.Heavy);
        api.Mine("POST", "v1/media", "uploadMediaV1", "Takes in a picture, film or sound and waits until it is ready", "write:media", async (Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct) =>
            Answer(await desk.ReadyAsync((await TakeAsync(wire, desk, ct)).Id, wire.Viewer, ct), write, StatusCodes.Status202Accepted), RateClass.Heavy);
        api.Mine("GET", "v1/media/{id}", "getMedia", "Shows an upload of yours", "write:media", async (string id, Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct) =>
            Answer(await desk.MineAsync(Wire.Id<Media>(id), wire.Viewer, ct), write, StatusCodes.Status206PartialContent));
        api.Mine("PUT", "v1/media/{id}", "describeMedia", "Changes the words, focal point and still of an upload", "write:media", async (string id, Wire wire, MediaDesk desk, EntityWriter write, CancellationToken ct) =>
            Answer(
                await desk.DescribeAsync(Wire.Id<Media>(id), new(wire.Sent.Text("description"), NewStatusReader.Focus(wire.Sent.Text("focus"))), wire.Viewer, ct, wire.Sent.Files?.GetFile("thumbnail")),
                write, StatusCodes.Status206PartialContent));
        api.Mine("DELETE", "v1/media/{id}", "deleteMedia", "Throws away an upload that is in no post", "write:media", async (string id, Wire wire, MediaDesk desk, CancellationToken ct) =>
        {
            await desk.DropAsync(Wire.Id<Media>(id), wire.Viewer, ct);
            return Wire.Empty();
        });
    }

    private static Task<Media> TakeAsync(Wire wire, MediaDesk desk, CancellationToken ct) => desk.TakeAsync(
        wire.Sent.Files?.GetFile("file"), wire.Sent.Text("description"), NewStatusReader.Focus(wire.Sent.Text("focus")), wire.Viewer, ct, wire.Sent.Files?.GetFile("thumbnail"));

    private static IResult Answer(Media media, EntityWriter write, int underWay) => media.State switch
    {
        MediaState.Failed => throw Refusal.Invalid("file", media.Failure ?? "Error processing thumbnail for uploaded media", "media_failed"),
        MediaState.Ready => Wire.Json(write.Media(media.Document)),
        // Its kind is known before it can be played.
        _ => Wire.Json(write.Media(media.Document) with { Type = media.Document.Type }, underWay),
    };
}
