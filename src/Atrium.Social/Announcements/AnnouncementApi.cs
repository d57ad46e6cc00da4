using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>What the house tells everyone, by our own API: for administrators.</summary>
internal static class AnnouncementApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var all = app.MapApi(SocialDb.Name).MapGroup("announcements");
        all.MapGet("", (AnnouncementDesk desk, Actor actor, CancellationToken ct) => desk.AllAsync(actor, ct)).Operation("listAnnouncements", "Lists announcements, those not published too", "admin:read", RateClass.Read, "not_found");
        all.MapPost("", async Task<Created<AnnouncementView>> (AnnouncementWish wish, AnnouncementDesk desk, Actor actor, CancellationToken ct) =>
        {
            var made = await desk.AddAsync(wish, actor, ct);
            return TypedResults.Created($"/api/social/announcements/{made.Id}", made);
        }).Operation("addAnnouncement", "Writes an announcement; nobody sees it until it is published", "admin:write", RateClass.Write, "not_found");
        all.MapGet("{id}", (Id<Announcement> id, AnnouncementDesk desk, Actor actor, CancellationToken ct) => desk.OneAsync(id, actor, ct))
            .Operation("getAnnouncement", "Shows an announcement", "admin:read", RateClass.Read, "not_found");
        all.MapPut("{id}", (Id<Announcement> id, AnnouncementWish wish, AnnouncementDesk desk, Actor actor, CancellationToken ct) => desk.EditAsync(id, wish, actor, ct))
            .Operation("editAnnouncement", "Rewrites an announcement", "admin:write", RateClass.Write, "not_found");
        all.MapPut("{id}/publication", (Id<Announcement> id, AnnouncementDesk desk, Actor actor, CancellationToken ct) => desk.PublishAsync(id, actor, ct))
            .Operation("publishAnnouncement", "Tells everyone", "admin:write", RateClass.Write, "not_found");
        all.MapDelete("{id}/publication", (Id<Announcement> id, AnnouncementDesk desk, Actor actor, CancellationToken ct) => desk.UnpublishAsync(id, actor, ct))
            .Operation("unpublishAnnouncement", "Takes an announcement back", "admin:write", RateClass.Write, "not_found");
        all.MapDelete("{id}", async Task<NoContent> (Id<Announcement> id, AnnouncementDesk desk, Actor actor, CancellationToken ct) =>
        {
            await desk.DeleteAsync(id, actor, ct);
            return TypedResults.NoContent();
        }).Operation("deleteAnnouncement", "Removes an announcement for good", "admin:write", RateClass.Write, "not_found");
    }
}
