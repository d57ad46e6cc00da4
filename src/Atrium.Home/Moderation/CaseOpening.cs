using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Finds or opens the one open case of a thing, inside the caller's transaction.</summary>
internal sealed class CaseOpening(HomeDb db, IMembers members)
{
    public async Task<Case> OfAsync(ThingCard card, string why, CancellationToken ct)
    {
        var open = await db.Cases.AsTracking().FirstOrDefaultAsync(c => c.Thing == card.Thing && c.State == CaseState.Open, ct);
        if (open is not null) return open;

        open = new() { Thing = card.Thing, Title = card.Title, Room = card.Room, Href = card.Href, OwnerId = card.By, OpenedAt = db.Now };
        db.Cases.Add(open);
        await db.SaveChangesAsync(ct);
        var moderators = await members.WithRoleAsync(Role.Moderator, ct);
        db.Publish(new NotificationRaised(
            HomeKinds.CaseOpened, moderators, Thing.Of(Case.Kind, open.Id), null, $"“{card.Title}” {why}", Cause: new("moderation", 1), Once: $"case/{open.Id}"));
        return open;
    }
}
