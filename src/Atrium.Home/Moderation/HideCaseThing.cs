using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>Hides the thing a case is about from all but its owner and moderators, or shows it again.</summary>
internal static class HideCaseThing
{
    /// <param name="Reason">The owner is told it.</param>
    public sealed record Request(string Reason);

    public static void Map(RouteGroupBuilder moderation)
    {
        moderation.MapPut("/cases/{id}/hidden", HideAsync).Operation("hideThing", "Hides what a case is about; its owner is told why", "home:moderate", RateClass.Write, "not_found", "own_case", "higher_role");
        moderation.MapDelete("/cases/{id}/hidden", ShowAsync).Operation("showThing", "Shows what a case is about again", "home:moderate", RateClass.Write, "not_found", "own_case");
        moderation.MapPut("/cases/{id}/hold", HoldAsync).Operation("holdThing", "Hides what a case is about until it is decided", "home:moderate", RateClass.Write, "not_found", "own_case", "higher_role");
    }

    public static Task<CaseFile> HideAsync(
        Id<Case> id, Request request, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, SanctionLinks links, Actor actor, CancellationToken ct) =>
        ActAsync(id, Reasons.Check(request.Reason), "thing.hidden", c => c.SetHidden(true), db, things, members, subjects, actor, ct, links);

    public static Task<CaseFile> ShowAsync(Id<Case> id, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, Actor actor, CancellationToken ct) =>
        ActAsync(id, "", "thing.shown", c => c.SetHidden(false), db, things, members, subjects, actor, ct);

    public static Task<CaseFile> HoldAsync(
        Id<Case> id, [FromBody] Request? request, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, Actor actor, CancellationToken ct) =>
        ActAsync(id, request?.Reason ?? "", "thing.held", c => c.Hold(), db, things, members, subjects, actor, ct);

    private static async Task<CaseFile> ActAsync(
        Id<Case> id, string reason, string act, Action<Case> change, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, Actor actor, CancellationToken ct,
        SanctionLinks? links = null)
    {
        var owner = await db.OwnerAsync(id, members, ct);
        await db.WriteAsync(
            async token =>
            {
                var found = await db.JudgeAsync(id, actor, token);
                var before = found.Hidden;
                change(found);
                if (found.Hidden || found.Held) actor.DemandAbove(owner);
                await db.HideAsync(found.Thing, found.Hidden || found.Held, reason, token);
                db.Record(actor, act, found.Thing, reason);
                if (links is not null && !before) db.Sanction(found, Sanction.Hiding, $"Moderators hid “{found.Title}”", reason, links, actor);
                if (before && !found.Hidden) await db.LiftAsync(id, Sanction.Hiding, token);
            },
            ct);
        return await GetCase.HandleAsync(id, db, things, members, subjects, actor, ct);
    }
}
