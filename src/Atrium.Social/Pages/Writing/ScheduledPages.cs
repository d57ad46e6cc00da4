using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>Posts that wait for their hour: moved, or thrown away.</summary>
internal static class ScheduledPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/scheduled", (PageCall call, ScheduleStatus schedule, CancellationToken ct) => ListAsync(FormState.Fresh, call, schedule, ct));
        pages.MapPost("/social/scheduled/{id}", ActAsync).Rate(RateClass.Write);
    }

    private static async Task<IResult> ListAsync(FormState state, PageCall call, ScheduleStatus schedule, CancellationToken ct)
    {
        var page = await schedule.ListAsync(call.Paging with { Limit = 40 }, await call.ViewerAsync(ct), ct);
        return call.Page<Pages.ScheduledPage>(new
        {
            Model = new ScheduledModel([.. page.Rows.OrderBy(r => r.RunAt).Select(r => new ScheduledLine(r.Id.ToString(), NewStatus.FromJson(r.Params).Text, r.RunAt))]) { Older = call.Older(page), Newest = call.Newest() }, State = state,
        });
    }

    private static Task<IResult> ActAsync(Id<ScheduledStatus> id, PageCall call, ScheduleStatus schedule, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var viewer = await call.ViewerAsync(ct);
            if (form.Text("act") == "move") await schedule.MoveAsync(id, WritePages.Hour(form.Text("scheduled_at"), call.Actor), viewer, ct);
            else await schedule.CancelAsync(id, viewer, ct);
            return "/social/scheduled";
        },
        (state, _) => ListAsync(state, call, schedule, ct));
}

/// <summary>What waits for its hour, soonest first.</summary>
public sealed class ScheduledModel
{
    internal ScheduledModel(IReadOnlyList<ScheduledLine> lines) => Lines = lines;

    internal IReadOnlyList<ScheduledLine> Lines { get; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }

}

internal sealed record ScheduledLine(string Id, string Text, DateTimeOffset At);
