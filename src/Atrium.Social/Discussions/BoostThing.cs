using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Boosts the post that stands for a thing, made where there is none, and takes it back. Both are idempotent.</summary>
internal sealed class BoostThing(DiscussionDesk desk, BoostStatus boosts)
{
    /// <exception cref="Refusal">Not found; forbidden (<c>not_boostable</c>): not everyone may see the thing.</exception>
    public async Task HandleAsync(Thing thing, bool boosted, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var card = await desk.SeeAsync(thing, actor, ct);
        var viewer = await desk.ViewerAsync(actor, ct);
        if (boosted && !card.Audience.IsPublic) throw Refusal.Forbidden("Only what everyone may see can be boosted.", "not_boostable");
        if (boosted) await boosts.HandleAsync((await desk.EnsureAsync(card, null, ct)).RootId, null, viewer, ct);
        else if (await desk.FindAsync(card, ct) is { } there) await boosts.UndoAsync(there.RootId, viewer, ct);
    }
}
