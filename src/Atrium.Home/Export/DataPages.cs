using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/settings/data</c>: take everything along, and the way out.</summary>
internal static class DataPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/settings/data", (HomeDb db, KernelDb kernel, Actor actor, CancellationToken ct) => PageAsync(FormState.Fresh, db, kernel, actor, ct));
        pages.MapPost("/settings/data/export", (HttpRequest request, HomeDb db, KernelDb kernel, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async _ =>
            {
                await Exports.RequestAsync(kernel, actor, ct);
                return SeeOther("/settings/data");
            },
            state => PageAsync(state, db, kernel, actor, ct))).Rate(RateClass.Heavy);
        pages.MapGet("/settings/data/exports/{id:long}", Exports.DownloadAsync).Rate(RateClass.Heavy);
    }

    private static async Task<IResult> PageAsync(FormState state, HomeDb db, KernelDb kernel, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var last = await kernel.Operations.Where(o => o.OwnerId == me && o.Kind == WriteExport.OperationKind).OrderByDescending(o => o.Id).Select(o => (Id<Operation>?)o.Id).FirstOrDefaultAsync(ct);
        return Show<DataPage>(
            new { State = state, Exports = await Exports.ListAsync(db, actor, ct), Work = last is { } id ? await OperationDesk.GetAsync(id, kernel, actor, ct) : null }, state);
    }
}
