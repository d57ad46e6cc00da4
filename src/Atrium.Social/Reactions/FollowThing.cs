using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Social;

/// <summary>A thread does what its thing does: it is made with it, changes its audience with it, and goes with it.</summary>
internal sealed class FollowThing(DiscussionDesk desk, Things things, IMembers members) : IEffect<DiscussionWanted>, IEffect<DiscussedThingChanged>, IEffect<DiscussedThingGone>
{
    public async Task HandleAsync(DiscussionWanted happened, Delivery delivery, CancellationToken ct)
    {
        if (await members.ActorAsync(happened.By, "system", ct) is not { } actor || await things.CardAsync(happened.Thing, actor, ct) is not { } card) return;
        await desk.EnsureAsync(card, happened.Policy, ct);
    }

    public async Task HandleAsync(DiscussedThingChanged happened, Delivery delivery, CancellationToken ct)
    {
        if (!await desk.IsDiscussedAsync(happened.Thing, ct)) return;
        // What nobody is shown any more, in a trash perhaps, is discussed by nobody until it comes back.
        var card = await things.CardAsync(happened.Thing, Actor.System, ct);
        if (happened.NameAlone)
        {
            if (card is not null) await desk.RenameAsync(card, ct);
            return;
        }

        await desk.ShowAsync(happened.Thing, card is not null, ct);
        if (card is not null) await desk.FollowAsync(card, ct);
    }

    public Task HandleAsync(DiscussedThingGone happened, Delivery delivery, CancellationToken ct) => desk.EndAsync(happened.Thing, ct);
}
