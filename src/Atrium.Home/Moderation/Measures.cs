using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A measure is to be taken, or taken back, in the thing's own room.</summary>
[EventName("home.measure_due")]
internal sealed record MeasureDue(Thing Thing, string Measure, bool Stands, string Reason);

/// <summary>Asks the thing's room to take a measure or to take it back, in the order of the moderators' acts.</summary>
internal sealed class MeasureInRoom(IEnumerable<IModerationSubject> rooms) : IEffect<MeasureDue>
{
    public Task HandleAsync(MeasureDue happened, Delivery delivery, CancellationToken ct) =>
        rooms.FirstOrDefault(r => r.Kind == happened.Thing.Kind)?.SetMeasureAsync(happened.Thing, happened.Measure, happened.Stands, happened.Reason, ct) ?? Task.CompletedTask;
}

/// <summary>Keeps what was done about a thing, so that its owner can object and it can be undone; inside the caller's transaction.</summary>
internal static class Measures
{
    /// <summary>Writes down a measure against the owner of a case's thing, where there is one, and tells them.</summary>
    public static void Sanction(this HomeDb db, Case about, string measure, string done, string reason, SanctionLinks links, Actor actor)
    {
        if (about.OwnerId is not { } owner) return;
        var made = new Sanction { MemberId = owner, CaseId = about.Id, What = SanctionKind.Measure, Measure = measure, Done = done, Reason = reason, By = actor.MemberId, CreatedAt = db.Now };
        db.Sanctions.Add(made);
        db.Publish(new NotificationRaised(HomeKinds.Sanctioned, [owner], HomeThings.Of(made), null, $"{made.Words}: {reason}", Once: $"sanction/{made.Id}", Href: links.Of(made.Id)));
    }

    /// <summary>A measure of a case was taken back: what was written down about it is lifted.</summary>
    public static async Task LiftAsync(this HomeDb db, Id<Case> id, string measure, CancellationToken ct)
    {
        foreach (var sanction in await db.Sanctions.AsTracking().Where(s => s.CaseId == id && s.Measure == measure && s.LiftedAt == null).ToListAsync(ct)) sanction.Lift(db.Now);
    }

    /// <summary>An objection was granted: what was done about the thing is undone.</summary>
    public static async Task UndoAsync(this HomeDb db, Sanction sanction, CancellationToken ct)
    {
        var about = await db.Cases.AsTracking().FirstOrDefaultAsync(c => c.Id == sanction.CaseId, ct);
        if (about is null || sanction.Measure is not { } measure) return;
        if (measure == Home.Sanction.Hiding)
        {
            about.SetHidden(false);
            await db.HideAsync(about.Thing, false, "", ct);
        }
        else await db.StandAsync(about.Thing, measure, stands: false, "", ct);
    }

    /// <summary>Notes that a measure stands, or no longer does, and has its room carry it out.</summary>
    public static async Task StandAsync(this HomeDb db, Thing thing, string measure, bool stands, string reason, CancellationToken ct)
    {
        var held = await db.Measures.AsTracking().FirstOrDefaultAsync(m => m.Thing == thing && m.Key == measure, ct);
        if (stands && held is null) db.Measures.Add(new() { Thing = thing, Key = measure, Since = db.Now });
        if (!stands && held is not null) db.Measures.Remove(held);
        db.Publish(new MeasureDue(thing, measure, stands, reason), partition: thing.ToString());
    }
}
