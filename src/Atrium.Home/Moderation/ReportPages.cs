using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/report</c>, what became of it, and what moderators decided about oneself.</summary>
internal static class ReportPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/report", (Thing thing, Things things, Actor actor, CancellationToken ct) => FormAsync(FormState.Fresh, thing, things, actor, ct));
        pages.MapPost("/report", SendAsync);
        pages.MapGet("/reports/{id:long}", async (Id<Report> id, HomeDb db, Actor actor, CancellationToken ct) => Show<MyReportPage>(new { Report = await MyReports.GetAsync(id, db, actor, ct) }));
        // The link's key opens it for somebody who was suspended and cannot sign in.
        pages.MapGet("/sanctions/{id:long}", SanctionAsync).AllowAnonymous().Rate(RateClass.Secret);
        pages.MapPost("/sanctions/{id:long}/appeal", AppealAsync).AllowAnonymous().Rate(RateClass.Secret);
    }

    private static async Task<IResult> FormAsync(FormState state, Thing thing, Things things, Actor actor, CancellationToken ct) => Show<ReportPage>(
        new { State = state, Card = await things.CardAsync(thing, actor, ct) ?? throw Refusal.NotFound() }, state);

    private static Task<IResult> SendAsync(HttpRequest request, HomeDb db, Things things, CaseOpening cases, Actor actor, CancellationToken ct)
    {
        var thing = default(Thing);
        return TryAsync(
            request,
            async form =>
            {
                if (!Thing.TryParse(form.Text("thing"), null, out thing)) throw Refusal.NotFound();
                var answer = await ReportThing.ReportAsync(new(thing, form.Choice<ReportCategory>("category"), form.Text("comment")), db, things, cases, actor, ct);
                return SeeOther($"/reports/{answer.Id}");
            },
            state => FormAsync(state, thing, things, actor, ct));
    }

    private static async Task<IResult> SanctionAsync(Id<Sanction> id, string? key, HomeDb db, SanctionLinks links, Actor actor, CancellationToken ct) =>
        Show<SanctionPage>(new { State = FormState.Fresh, Key = key, Sanction = await MySanctions.GetAsync(id, key, db, links, actor, ct) });

    private static Task<IResult> AppealAsync(Id<Sanction> id, string? key, HttpRequest request, HomeDb db, IMembers members, SanctionLinks links, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            await MySanctions.AppealAsync(id, key, new(form.Text("words") ?? ""), db, members, links, actor, ct);
            return SeeOther($"/sanctions/{id}?key={Uri.EscapeDataString(key ?? "")}");
        },
        async state => Show<SanctionPage>(new { State = state, Key = key, Sanction = await MySanctions.GetAsync(id, key, db, links, actor, ct) }, state));
}
