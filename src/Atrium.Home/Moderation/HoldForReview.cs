using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Outbox;

namespace Atrium.Home;

/// <summary>Opens a case for a thing that its room wants looked at, and hides it meanwhile.</summary>
internal sealed class HoldForReview(HomeDb db, Things things, CaseOpening cases) : IReaction<ReviewRequested>
{
    public async Task HandleAsync(ReviewRequested happened, CancellationToken ct)
    {
        if (await things.CardAsync(happened.Thing, Actor.System, ct) is not { } card) return;
        var open = await cases.OfAsync(card, $"waits for review: {happened.Reason}", ct);
        open.Hold();
        db.CaseNotes.Add(new() { CaseId = open.Id, Text = happened.Reason, CreatedAt = db.Now });
        await db.HideAsync(happened.Thing, true, happened.Reason, ct);
        db.Record(Actor.System, "thing.held", happened.Thing, happened.Reason);
    }
}
