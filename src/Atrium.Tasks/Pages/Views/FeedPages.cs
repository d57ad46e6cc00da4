using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>How tasks come to other programs and by mail: secret calendar addresses, phones, the daily agenda.</summary>
internal static class FeedPages
{
    internal sealed record Tools(TasksDb Db, HouseAddress House, IMemberRegistry Registry, AgendaLinks Links, Actor Actor, HttpContext Http, CancellationToken Ct);

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/tasks/feeds", ([AsParameters] Tools t) => FeedsAsync(null, FormState.Fresh, t));
        pages.MapPost("/tasks/feeds", ([AsParameters] Tools t) => MakeAsync(form => FeedKeys.MakeAsync(new(form.Number("filter") is { } id ? new Id<SavedFilter>(id) : null), t.Db, t.Actor, t.Ct), t)).Rate(RateClass.Write);
        pages.MapPost("/tasks/feeds/{id:long}/rotate", (Id<FeedKey> id, [AsParameters] Tools t) => MakeAsync(_ => FeedKeys.RotateAsync(id, t.Db, t.Actor, t.Ct), t)).Rate(RateClass.Write);
        pages.MapPost("/tasks/feeds/{id:long}/revoke", async (Id<FeedKey> id, [AsParameters] Tools t) =>
        {
            await FeedKeys.RevokeAsync(id, t.Db, t.Actor, t.Ct);
            return PageForms.SeeOther(t.Http, "/tasks/feeds");
        }).Rate(RateClass.Write);
        pages.MapGet("/tasks/connect", ([AsParameters] Tools t) => Connect(null, FormState.Fresh, t));
        pages.MapPost("/tasks/connect", PasswordAsync).Rate(RateClass.Secret);
        pages.MapGet("/tasks/agenda", ([AsParameters] Tools t) => AgendaAsync(FormState.Fresh, t));
        pages.MapPost("/tasks/agenda", SetAgendaAsync).Rate(RateClass.Write);
        pages.MapGet(AgendaLinks.Path, (string? key, [AsParameters] Tools t) => Stop(key, false, t)).AllowAnonymous().Rate(RateClass.Secret);
        pages.MapPost(AgendaLinks.Path, StopAsync).AllowAnonymous().Rate(RateClass.Secret);
    }

    private static async Task<IResult> FeedsAsync(FeedKeys.Made? made, FormState state, Tools t)
    {
        var filters = (await SavedFilters.ListAsync(t.Db, t.Actor, t.Ct)).Items;
        return PageForms.Page<FeedsPage>(t.Http, new { Model = new FeedsModel(await FeedKeys.ListAsync(t.Db, t.Actor, t.Ct), filters, made is null ? null : t.House.Of(made.Path)), State = state });
    }

    /// <summary>The secret address is on the answer to the form, and nowhere else.</summary>
    private static async Task<IResult> MakeAsync(Func<IFormCollection, Task<FeedKeys.Made>> make, Tools t)
    {
        var form = await t.Http.Request.ReadFormAsync(t.Ct);
        try
        {
            t.Http.Response.Headers.CacheControl = "no-store";
            return await FeedsAsync(await make(form), FormState.Fresh, t);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            t.Http.Response.StatusCode = Problem.StatusOf(refusal);
            return await FeedsAsync(null, FormState.Of(form, refusal), t);
        }
    }

    private static IResult Connect(string? password, FormState state, Tools t)
    {
        t.Actor.Demand();
        return PageForms.Page<ConnectPage>(t.Http, new { Model = new ConnectModel(t.House.Of("/dav/"), t.Actor.Handle ?? "", password), State = state });
    }

    private static async Task<IResult> PasswordAsync([AsParameters] Tools t)
    {
        var me = t.Actor.Demand();
        var form = await t.Http.Request.ReadFormAsync(t.Ct);
        try
        {
            t.Http.Response.Headers.CacheControl = "no-store";
            return Connect(await t.Registry.AddAppPasswordAsync(me, form.Said("name") ?? throw Refusal.Invalid("name", "Say which device it is for.", "required"), t.Ct), FormState.Fresh, t);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            t.Http.Response.StatusCode = Problem.StatusOf(refusal);
            return Connect(null, FormState.Of(form, refusal), t);
        }
    }

    private static async Task<IResult> AgendaAsync(FormState state, Tools t) =>
        PageForms.Page<AgendaPage>(t.Http, new { Hour = (await ChooseAgenda.ReadAsync(t.Db, t.Actor, t.Ct)).Hour, Zone = t.Actor.TimeZone, Saved = t.Http.Request.Query.ContainsKey("saved"), State = state });

    private static Task<IResult> SetAgendaAsync([AsParameters] Tools t) => PageForms.SendAsync(
        t.Http,
        async form =>
        {
            await ChooseAgenda.SetAsync(new ChooseAgenda.Choice((int?)form.Number("hour")), t.Db, t.Actor, t.Ct);
            return "/tasks/agenda?saved=";
        },
        (state, _) => AgendaAsync(state, t));

    private static IResult Stop(string? key, bool done, Tools t)
    {
        t.Links.Read(key);
        return PageForms.Page<AgendaStopPage>(t.Http, new { Key = key!, Done = done });
    }

    private static async Task<IResult> StopAsync([AsParameters] Tools t)
    {
        var key = t.Http.Request.Query["key"].ToString();
        await ChooseAgenda.StoreAsync(t.Links.Read(key), new(null), t.Db, t.Ct);
        return Stop(key, true, t);
    }
}
