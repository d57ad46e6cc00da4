using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Takes one of the measures that a thing's room knows, or takes it back. The owner is told why, and may object once.</summary>
internal static class TakeMeasure
{
    /// <param name="Reason">The owner is told it.</param>
    public sealed record Request(string Reason);

    public static void Map(RouteGroupBuilder moderation)
    {
        moderation.MapPut("/cases/{id}/measures/{measure}", TakeAsync)
            .Operation("takeMeasure", "Takes a measure of the room about what a case is about", "home:moderate", RateClass.Write, "not_found", "own_case", "higher_role", "no_measure");
        moderation.MapDelete("/cases/{id}/measures/{measure}", UndoAsync)
            .Operation("undoMeasure", "Takes a measure back: all is as it was before", "home:moderate", RateClass.Write, "not_found", "own_case", "no_measure");
    }

    public static async Task<CaseFile> TakeAsync(
        Id<Case> id, string measure, Request request, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, SanctionLinks links, Actor actor, CancellationToken ct)
    {
        var reason = Reasons.Check(request.Reason);
        actor.DemandModerator();
        var owner = await db.OwnerAsync(id, members, ct);
        await db.WriteAsync(
            async token =>
            {
                var found = await db.JudgeAsync(id, actor, token);
                var known = Known(subjects, found.Thing, measure);
                actor.DemandAbove(owner);
                if (await db.Measures.AnyAsync(m => m.Thing == found.Thing && m.Key == measure, token)) return;
                await db.StandAsync(found.Thing, measure, stands: true, reason, token);
                db.Sanction(found, measure, known.Done, reason, links, actor);
                db.Record(actor, "thing." + measure, found.Thing, reason);
            },
            ct);
        return await GetCase.HandleAsync(id, db, things, members, subjects, actor, ct);
    }

    public static async Task<CaseFile> UndoAsync(
        Id<Case> id, string measure, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, Actor actor, CancellationToken ct)
    {
        await db.WriteAsync(
            async token =>
            {
                var found = await db.JudgeAsync(id, actor, token);
                Known(subjects, found.Thing, measure);
                await db.StandAsync(found.Thing, measure, stands: false, "", token);
                foreach (var about in await db.Cases.Where(c => c.Thing == found.Thing).Select(c => c.Id).ToListAsync(token)) await db.LiftAsync(about, measure, token);
                db.Record(actor, $"thing.{measure}.undone", found.Thing);
            },
            ct);
        return await GetCase.HandleAsync(id, db, things, members, subjects, actor, ct);
    }

    private static ModerationMeasure Known(IEnumerable<IModerationSubject> subjects, Thing thing, string measure) =>
        subjects.FirstOrDefault(s => s.Kind == thing.Kind)?.Measures.FirstOrDefault(m => m.Key == measure) ?? throw Refusal.Invalid("measure", "Choose one of those listed.", "no_measure");
}
