using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Reports a thing to the moderators.</summary>
internal static class ReportThing
{
    public sealed record Request(Thing Thing, ReportCategory Category, string? Comment);

    public sealed record Answer(Id<Report> Id, Thing Thing, string Title, ReportCategory Category, DateTimeOffset At);

    public static void Map(RouteGroupBuilder home) => home.MapPost("/reports", HandleAsync)
        .Operation("reportThing", "Reports anything you may see to the moderators", "home:write", RateClass.Write, "not_found", "own_thing");

    public static async Task<Created<Answer>> HandleAsync(Request request, HomeDb db, Things things, CaseOpening cases, Actor actor, CancellationToken ct)
    {
        var answer = await ReportAsync(request, db, things, cases, actor, ct);
        return TypedResults.Created($"/api/home/reports/{answer.Id}", answer);
    }

    public static async Task<Answer> ReportAsync(Request request, HomeDb db, Things things, CaseOpening cases, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (request.Comment?.Length > Report.LongestComment) throw Refusal.Invalid("comment", $"At most {Report.LongestComment:N0} characters.");
        var card = await things.CardAsync(request.Thing, actor, ct) ?? throw Refusal.NotFound();
        if (actor.Is(card.By)) throw Refusal.Invalid("thing", "That is yours: you can change or delete it.", "own_thing");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.WriteAsync(token => WriteAsync(request, card, me, db, cases, actor, token), ct);
            }
            catch (UniqueViolation) when (attempt < 3)
            {
                // Somebody opened the case, or the same member reported it, in the same moment: what they made is found now.
                db.ChangeTracker.Clear();
            }
        }
    }

    private static async Task<Answer> WriteAsync(Request request, ThingCard card, Id<Member> me, HomeDb db, CaseOpening cases, Actor actor, CancellationToken ct)
    {
        var open = await cases.OfAsync(card, "was reported", ct);
        var report = await db.Reports.FirstOrDefaultAsync(r => r.CaseId == open.Id && r.ReporterId == me, ct);
        if (report is null)
        {
            report = new() { CaseId = open.Id, ReporterId = me, Category = request.Category, Comment = Clean(request.Comment), CreatedAt = db.Now };
            db.Reports.Add(report);
            await db.Cases.Where(c => c.Id == open.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReportCount, c => c.ReportCount + 1), ct);
            db.Record(actor, "thing.reported", card.Thing, request.Category.ToString());
        }

        return new(report.Id, card.Thing, card.Title, report.Category, report.CreatedAt);
    }

    /// <summary>What another server complains about: a report without a reporter, that names the server.</summary>
    public static async Task FromElsewhereAsync(Thing thing, string from, string? comment, HomeDb db, Things things, CaseOpening cases, CancellationToken ct)
    {
        const int Most = 20;
        var card = await things.CardAsync(thing, Actor.System, ct) ?? throw Refusal.NotFound();
        var words = PlainText.Excerpt(string.IsNullOrWhiteSpace(comment) ? $"Reported by {from}." : $"Reported by {from}: {comment.Trim()}", Report.LongestComment);
        await db.WriteAsync(
            async token =>
            {
                var open = await cases.OfAsync(card, "was reported by another server", token);
                if (await db.Reports.CountAsync(r => r.CaseId == open.Id && r.ReporterId == null, token) >= Most || await db.Reports.AnyAsync(r => r.CaseId == open.Id && r.Comment == words, token)) return;
                db.Reports.Add(new() { CaseId = open.Id, Category = ReportCategory.Other, Comment = words, CreatedAt = db.Now });
                await db.Cases.Where(c => c.Id == open.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReportCount, c => c.ReportCount + 1), token);
                db.Record(Actor.System, "thing.reported", card.Thing, from);
            },
            ct);
    }

    private static string? Clean(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
}
