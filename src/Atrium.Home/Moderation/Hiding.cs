using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A thing is to be hidden, or shown again, in its own room.</summary>
[EventName("home.hiding_due")]
internal sealed record HidingDue(Thing Thing, bool Hidden, string Reason);

/// <summary>Asks the thing's room to hide or show it. The room does so idempotently, and in the order of the moderators' acts.</summary>
internal sealed class HideInRoom(IEnumerable<IModerationSubject> rooms) : IEffect<HidingDue>
{
    public Task HandleAsync(HidingDue happened, Delivery delivery, CancellationToken ct) =>
        rooms.FirstOrDefault(r => r.Kind == happened.Thing.Kind)?.SetHiddenAsync(happened.Thing, happened.Hidden, happened.Reason, ct) ?? Task.CompletedTask;
}

/// <summary>Keeps which things are hidden, inside the caller's transaction.</summary>
internal static class Hiding
{
    public static async Task HideAsync(this HomeDb db, Thing thing, bool hidden, string reason, CancellationToken ct)
    {
        var held = await db.HiddenThings.AsTracking().FirstOrDefaultAsync(h => h.Thing == thing, ct);
        if (hidden && held is null) db.HiddenThings.Add(new() { Thing = thing, Reason = reason, Since = db.Now });
        else if (hidden) held!.Reason = reason;
        else if (held is not null) db.HiddenThings.Remove(held);
        db.Publish(new HidingDue(thing, hidden, reason), partition: thing.ToString());
    }
}
