using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Warns or suspends the owner of what a case is about. They are told why, and may object once.</summary>
internal static class SanctionMember
{
    public sealed record Request(SanctionKind What, string Reason);

    public static void Map(RouteGroupBuilder moderation) => moderation.MapPost("/cases/{id}/sanctions", HandleAsync)
        .Operation("sanctionMember", "Warns or suspends the member a case is about", "home:moderate", RateClass.Write, "not_found", "own_case", "no_owner", "higher_role");

    public static async Task<Created<SanctionView>> HandleAsync(Id<Case> id, Request request, HomeDb db, IMembers members, SanctionLinks links, Actor actor, CancellationToken ct)
    {
        var reason = Reasons.Check(request.Reason);
        if (request.What is not (SanctionKind.Warning or SanctionKind.Suspension)) throw Refusal.Invalid("what", "Warn or suspend.");
        actor.DemandModerator();
        var owner = await db.Cases.Where(c => c.Id == id).Select(c => c.OwnerId).FirstOrDefaultAsync(ct);
        var contacts = owner is { } asked ? await members.ContactsAsync([asked], ct) : null;
        var sanction = await db.WriteAsync(
            async token =>
            {
                var found = await db.JudgeAsync(id, actor, token);
                if (found.OwnerId is not { } member || contacts?.GetValueOrDefault(member) is not { } contact) throw Refusal.Invalid("", "Nobody stands behind this thing any more.", "no_owner");
                actor.DemandAbove(contact);

                var made = new Sanction { MemberId = member, CaseId = id, What = request.What, Reason = reason, By = actor.MemberId, CreatedAt = db.Now };
                db.Sanctions.Add(made);
                db.Record(actor, request.What == SanctionKind.Warning ? "member.warned" : "member.suspension_ordered", new("member", member.Value), reason);
                if (request.What == SanctionKind.Suspension) db.Publish(new SuspensionDue(made.Id, true), partition: $"member:{member}");
                db.Publish(new NotificationRaised(
                    HomeKinds.Sanctioned, [member], HomeThings.Of(made), null,
                    $"{made.Words}: {reason}", Once: $"sanction/{made.Id}", Href: links.Of(made.Id)));
                return made;
            },
            ct);
        var people = await members.CardsAsync([sanction.MemberId, .. actor.MemberId is { } by ? [by] : Array.Empty<Id<Member>>()], ct);
        return TypedResults.Created($"/api/home/sanctions/{sanction.Id}", SanctionView.Of(sanction, people));
    }
}
