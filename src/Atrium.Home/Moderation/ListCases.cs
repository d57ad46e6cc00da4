using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>The moderators' queue.</summary>
internal static class ListCases
{
    public static void Map(RouteGroupBuilder moderation) => moderation.MapGet("/cases", HandleAsync)
        .Operation("listCases", "Lists the moderation queue, newest first; open cases unless said", "home:moderate", RateClass.Read, "not_found");

    public static async Task<Slice<CaseView>> HandleAsync(
        CaseState? state, int? limit, string? cursor, HomeDb db, Things things, IMembers members, Actor actor, CancellationToken ct)
    {
        actor.DemandModerator();
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Case>(cursor);
        var wanted = state ?? CaseState.Open;
        var rows = await db.Cases.Where(c => c.State == wanted && (before == null || c.Id < before)).OrderByDescending(c => c.Id).Take(page.Size + 1).ToListAsync(ct);
        var cut = Slice<Case>.Cut(rows, page.Size, c => c.Id.ToString());
        var cards = await things.CardsAsync([.. cut.Items.Select(c => c.Thing)], Actor.System, ct);
        var people = await members.CardsAsync([.. cut.Items.SelectMany(c => new[] { c.OwnerId, c.ClosedBy }).OfType<Id<Member>>().Distinct()], ct);
        return cut.Select(c => CaseView.Of(c, cards.GetValueOrDefault(c.Thing), people));
    }
}
