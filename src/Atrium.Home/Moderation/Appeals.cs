using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Members' objections, and the moderators' answers.</summary>
internal static class Appeals
{
    /// <param name="Lift">Grants the objection: the sanction ends.</param>
    public sealed record Request(bool Lift, string Reason);

    public static void Map(RouteGroupBuilder moderation)
    {
        moderation.MapGet("/appeals", ListAsync).Operation("listAppeals", "Lists objections that wait for an answer, oldest first", "home:moderate", RateClass.Read, "not_found");
        moderation.MapPut("/sanctions/{id}/decision", DecideAsync)
            .Operation("decideAppeal", "Answers an objection, or lifts a sanction", "home:moderate", RateClass.Write, "not_found", "own_sanction", "lifted");
    }

    public static async Task<Slice<SanctionView>> ListAsync(int? limit, string? cursor, HomeDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        actor.DemandModerator();
        var page = new Page(limit, cursor);
        var after = Cursor.Id<Sanction>(cursor);
        var rows = await db.Sanctions.Where(s => s.AppealedAt != null && s.DecidedAt == null && (after == null || s.Id > after)).OrderBy(s => s.Id).Take(page.Size + 1).ToListAsync(ct);
        var people = await PeopleAsync(rows, members, ct);
        return Slice<Sanction>.Cut(rows, page.Size, s => s.Id.ToString()).Select(s => SanctionView.Of(s, people));
    }

    public static async Task<SanctionView> DecideAsync(Id<Sanction> id, Request request, HomeDb db, IMembers members, SanctionLinks links, Actor actor, CancellationToken ct)
    {
        actor.DemandModerator();
        var reason = Reasons.Check(request.Reason);
        var decided = await db.WriteAsync(
            async token =>
            {
                var sanction = await db.Sanctions.AsTracking().FirstOrDefaultAsync(s => s.Id == id, token) ?? throw Refusal.NotFound();
                if (actor.Is(sanction.MemberId)) throw Refusal.Forbidden("This is about you; another moderator decides it.", "own_sanction");
                sanction.Decide(request.Lift, reason, db.Now);
                db.Record(actor, request.Lift ? "sanction.lifted" : "sanction.upheld", HomeThings.Of(sanction), reason);
                if (request.Lift && sanction.What == SanctionKind.Suspension) db.Publish(new SuspensionDue(id, false), partition: $"member:{sanction.MemberId}");
                if (request.Lift && sanction.What == SanctionKind.Measure) await db.UndoAsync(sanction, token);
                db.Publish(new NotificationRaised(
                    HomeKinds.AppealDecided, [sanction.MemberId], HomeThings.Of(sanction), null,
                    request.Lift ? $"Lifted: {reason}" : $"It stays: {reason}", Once: $"sanction/{id}/decision/{sanction.Revision}", Href: links.Of(id)));
                return sanction;
            },
            ct);
        return SanctionView.Of(decided, await PeopleAsync([decided], members, ct));
    }

    private static Task<IReadOnlyDictionary<Id<Member>, MemberCard>> PeopleAsync(IReadOnlyList<Sanction> sanctions, IMembers members, CancellationToken ct) =>
        members.CardsAsync([.. sanctions.SelectMany(s => new[] { s.By, s.MemberId }).OfType<Id<Member>>().Distinct()], ct);
}
