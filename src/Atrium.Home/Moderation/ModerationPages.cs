using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary>The moderators' pages.</summary>
internal static class ModerationPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/moderation", QueueAsync);
        pages.MapGet("/moderation/appeals", AppealsAsync);
        pages.MapPost("/moderation/sanctions/{id:long}/decision", DecideAsync);
        var cases = pages.MapGroup("/moderation/cases/{id:long}");
        cases.MapGet("", (Id<Case> id, Desk desk) => desk.ShowAsync(id, FormState.Fresh));
        cases.MapPost("/notes", (Id<Case> id, HttpRequest request, Desk desk) => desk.ActAsync(id, request, (form, d) => AddNote.HandleAsync(id, new(form.Text("text") ?? ""), d.Db, d.Actor, d.Ct)));
        cases.MapPost("/hide", (Id<Case> id, HttpRequest request, Desk desk) =>
            desk.ActAsync(id, request, (form, d) => HideCaseThing.HideAsync(id, new(form.Text("reason") ?? ""), d.Db, d.Things, d.Members, d.Subjects, d.Links, d.Actor, d.Ct)));
        cases.MapPost("/measure", (Id<Case> id, HttpRequest request, Desk desk) => desk.ActAsync(
            id, request, (form, d) => form["undo"] == "true"
                ? TakeMeasure.UndoAsync(id, form.Text("measure") ?? "", d.Db, d.Things, d.Members, d.Subjects, d.Actor, d.Ct)
                : TakeMeasure.TakeAsync(id, form.Text("measure") ?? "", new(form.Text("reason") ?? ""), d.Db, d.Things, d.Members, d.Subjects, d.Links, d.Actor, d.Ct)));
        cases.MapPost("/show", (Id<Case> id, HttpRequest request, Desk desk) =>
            desk.ActAsync(id, request, (_, d) => HideCaseThing.ShowAsync(id, d.Db, d.Things, d.Members, d.Subjects, d.Actor, d.Ct)));
        cases.MapPost("/hold", (Id<Case> id, HttpRequest request, Desk desk) =>
            desk.ActAsync(id, request, (_, d) => HideCaseThing.HoldAsync(id, null, d.Db, d.Things, d.Members, d.Subjects, d.Actor, d.Ct)));
        cases.MapPost("/close", (Id<Case> id, HttpRequest request, Desk desk) => desk.ActAsync(
            id, request, (form, d) => CloseCase.HandleAsync(id, new(form["dismissed"] == "true", form.Text("outcome")), null, d.Db, d.Things, d.Members, d.Subjects, d.Actor, d.Ct)));
        cases.MapPost("/sanction", (Id<Case> id, HttpRequest request, Desk desk) => desk.ActAsync(
            id, request, (form, d) => SanctionMember.HandleAsync(id, new(form.Choice<SanctionKind>("what"), form.Text("reason") ?? ""), d.Db, d.Members, d.Links, d.Actor, d.Ct)));
    }

    private static async Task<IResult> QueueAsync(CaseState? state, string? cursor, HomeDb db, Things things, IMembers members, Actor actor, CancellationToken ct) => Show<QueuePage>(
        new { State = state ?? CaseState.Open, Cases = await ListCases.HandleAsync(state, null, cursor, db, things, members, actor, ct) });

    private static async Task<IResult> AppealsAsync(string? cursor, HomeDb db, IMembers members, Actor actor, CancellationToken ct) =>
        Show<AppealsPage>(new { State = FormState.Fresh, Appeals = await Appeals.ListAsync(null, cursor, db, members, actor, ct) });

    private static Task<IResult> DecideAsync(Id<Sanction> id, HttpRequest request, HomeDb db, IMembers members, SanctionLinks links, Actor actor, CancellationToken ct) => TryAsync(
        request,
        async form =>
        {
            await Appeals.DecideAsync(id, new(form["lift"] == "true", form.Text("reason") ?? ""), db, members, links, actor, ct);
            return SeeOther("/moderation/appeals");
        },
        async state => Show<AppealsPage>(new { State = state, Appeals = await Appeals.ListAsync(null, null, db, members, actor, ct) }, state));

    /// <summary>What every act on a case needs.</summary>
    internal sealed class Desk(HomeDb db, Things things, IMembers members, IEnumerable<IModerationSubject> subjects, SanctionLinks links, Actor actor, IHttpContextAccessor http)
    {
        public HomeDb Db => db;

        public Things Things => things;

        public IMembers Members => members;

        public IEnumerable<IModerationSubject> Subjects => subjects;

        public SanctionLinks Links => links;

        public Actor Actor => actor;

        public CancellationToken Ct => http.HttpContext?.RequestAborted ?? default;

        public async Task<IResult> ShowAsync(Id<Case> id, FormState state) =>
            Show<CasePage>(new { State = state, File = await GetCase.HandleAsync(id, db, things, members, subjects, actor, Ct) }, state);

        public Task<IResult> ActAsync(Id<Case> id, HttpRequest request, Func<IFormCollection, Desk, Task> act) => TryAsync(
            request,
            async form =>
            {
                await act(form, this);
                return SeeOther($"/moderation/cases/{id}");
            },
            state =>
            {
                db.ChangeTracker.Clear();
                return ShowAsync(id, state);
            });
    }
}
