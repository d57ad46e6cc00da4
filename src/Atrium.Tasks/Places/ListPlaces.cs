using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Who holds the places of a task, and who waits.</summary>
internal static class ListPlaces
{
    public sealed record Holder(Id<Member> Member, string Handle, string Name, string? AvatarUrl, int? Slot, int? QueuePosition, DateTimeOffset Since);

    public sealed record Answer(int? Needed, IReadOnlyList<Holder> Held, IReadOnlyList<Holder> Queue);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapGet("/tasks/{id}/places", HandleAsync)
        .Operation("listPlaces", "Lists who holds the places of a task, and who waits", "tasks:read", RateClass.Read, "not_found");

    public static async Task<Answer> HandleAsync(Id<TaskItem> id, TasksDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        var task = await db.Tasks.Include(t => t.PlaceRows).FirstAsync(t => t.Id == id, ct);
        var cards = await members.CardsAsync([.. task.PlaceRows.Select(p => p.MemberId)], ct);
        return new(
            task.Places,
            [.. task.PlaceRows.Where(p => p.SlotNo is not null).OrderBy(p => p.SlotNo).Select(p => Show(p, null))],
            [.. task.Queue.Select((p, i) => Show(p, i + 1))]);

        Holder Show(Place place, int? position) =>
            new(place.MemberId, cards[place.MemberId].Handle, cards[place.MemberId].Name, cards[place.MemberId].AvatarUrl, place.SlotNo, position, place.QueuedAt);
    }
}
