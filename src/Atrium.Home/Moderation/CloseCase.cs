using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Closes a case: nothing was wrong, or something was done. Those who reported are told.</summary>
internal static class CloseCase
{
    /// <param name="Outcome">For the moderators' memory.</param>
    public sealed record Request(bool Dismissed, string? Outcome);

    public static void Map(RouteGroupBuilder moderation) => moderation.MapPut("/cases/{id}/closure", HandleAsync)
        .Operation("closeCase", "Closes a case as dismissed or resolved; reporters are told", "home:moderate", RateClass.Write, "not_found", "case_closed", "own_case");

    public static async Task<CaseFile> HandleAsync(
        Id<Case> id, Request request, [FromHeader(Name = "If-Match")] Etag? ifMatch, HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, Actor actor,
        CancellationToken ct)
    {
        if (request.Outcome?.Length > Report.LongestComment) throw Refusal.Invalid("outcome", $"At most {Report.LongestComment:N0} characters.");
        await db.WriteAsync(
            async token =>
            {
                var found = await db.JudgeAsync(id, actor, token);
                ifMatch?.Demand(found.Revision);
                var held = found.Held;
                found.Close(request.Dismissed ? CaseState.Dismissed : CaseState.Resolved, request.Outcome?.Trim(), actor, db.Now);
                if (held) await db.HideAsync(found.Thing, found.Hidden, request.Outcome ?? "", token);
                db.Record(actor, request.Dismissed ? "case.dismissed" : "case.resolved", found.Thing, request.Outcome);

                var words = request.Dismissed ? "and saw nothing against the house's rules" : "and acted on it";
                foreach (var report in await db.Reports.Where(r => r.CaseId == id && r.ReporterId != null).ToListAsync(token))
                    db.Publish(new NotificationRaised(
                        HomeKinds.ReportOutcome, [report.ReporterId!.Value], HomeThings.Of(report), null, $"Moderators looked at “{found.Title}” {words}.", Once: $"report/{report.Id}/outcome"));
            },
            ct);
        return await GetCase.HandleAsync(id, db, things, members, subjects, actor, ct);
    }
}
