using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>What moderators did about the caller, and their one objection to each.</summary>
internal static class MySanctions
{
    public sealed record Request(string Words);

    public static void Map(RouteGroupBuilder home)
    {
        home.MapGet("/sanctions", ListAsync).Operation("listMySanctions", "Lists what moderators did about you, newest first", "home:read", RateClass.Read);
        home.MapGet("/sanctions/{id}", (Id<Sanction> id, HomeDb db, SanctionLinks links, Actor actor, CancellationToken ct) => GetAsync(id, null, db, links, actor, ct))
            .Operation("getMySanction", "Shows one of them, with your objection and its answer", "home:read", RateClass.Read, "not_found");
        home.MapPut("/sanctions/{id}/appeal", (Id<Sanction> id, Request request, HomeDb db, IMembers members, SanctionLinks links, Actor actor, CancellationToken ct) =>
                AppealAsync(id, null, request, db, members, links, actor, ct))
            .Operation("appealSanction", "Objects to a sanction, once", "home:write", RateClass.Write, "not_found", "appealed", "lifted");
    }

    public static async Task<Slice<SanctionView>> ListAsync(int? limit, string? cursor, HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Sanction>(cursor);
        var rows = await db.Sanctions.Where(s => s.MemberId == me && (before == null || s.Id < before)).OrderByDescending(s => s.Id).Take(page.Size + 1).ToListAsync(ct);
        return Slice<Sanction>.Cut(rows, page.Size, s => s.Id.ToString()).Select(Mine);
    }

    /// <param name="key">Of the link that the member was sent; opens it without signing in.</param>
    public static async Task<SanctionView> GetAsync(Id<Sanction> id, string? key, HomeDb db, SanctionLinks links, Actor actor, CancellationToken ct) =>
        Mine(await FindAsync(db.Sanctions, id, key, links, actor, ct));

    public static async Task<SanctionView> AppealAsync(Id<Sanction> id, string? key, Request request, HomeDb db, IMembers members, SanctionLinks links, Actor actor, CancellationToken ct)
    {
        var words = Reasons.Check(request.Words, "words");
        var moderators = await members.WithRoleAsync(Role.Moderator, ct);
        return await db.WriteAsync(
            async token =>
            {
                var sanction = await FindAsync(db.Sanctions.AsTracking(), id, key, links, actor, token);
                sanction.Object(words, db.Now);
                db.Record(actor, "sanction.appealed", HomeThings.Of(sanction));
                if (sanction.CaseId is { } about)
                    db.Publish(new NotificationRaised(
                        HomeKinds.Appealed, moderators, Thing.Of(Case.Kind, about), sanction.MemberId, $"Objection: {words}", Once: $"appeal/{id}", Href: "/moderation/appeals"));
                return Mine(sanction);
            },
            ct);
    }

    private static async Task<Sanction> FindAsync(IQueryable<Sanction> sanctions, Id<Sanction> id, string? key, SanctionLinks links, Actor actor, CancellationToken ct)
    {
        var found = await sanctions.FirstOrDefaultAsync(s => s.Id == id, ct);
        return found is not null && (actor.Is(found.MemberId) || links.Opens(id, key)) ? found : throw Refusal.NotFound();
    }

    private static SanctionView Mine(Sanction sanction) => SanctionView.Of(sanction, new Dictionary<Id<Member>, MemberCard>(), forMember: true);
}
