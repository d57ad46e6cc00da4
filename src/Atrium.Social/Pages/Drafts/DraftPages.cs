using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary><c>/social/drafts</c>: what was begun, and what waits for its hour: written on, moved, posted at once, thrown away.</summary>
internal static class DraftPages
{
    private const int Days = 14;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/social/drafts", (PageCall call, ScheduleStatus schedule, DraftDesk drafts, CancellationToken ct) => ListAsync(FormState.Fresh, call, schedule, drafts, ct));
        pages.MapGet("/social/scheduled", () => Results.Redirect("/social/drafts"));
        pages.MapPost("/social/scheduled/{id}", ActAsync).Rate(RateClass.Write);
        pages.MapPost("/social/drafts/{id}/delete", async (Id<Draft> id, PageCall call, DraftDesk drafts, CancellationToken ct) =>
        {
            await drafts.DeleteAsync(id, await call.ViewerAsync(ct), ct);
            return call.SeeOther("/social/drafts");
        }).Rate(RateClass.Write);
    }

    private static async Task<IResult> ListAsync(FormState state, PageCall call, ScheduleStatus schedule, DraftDesk drafts, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        var page = await schedule.ListAsync(new(null, null, null, SocialLimits.MostScheduled), viewer, ct);
        List<ScheduledLine> waiting = [.. page.Rows.OrderBy(r => r.RunAt).Select(r => new ScheduledLine(r.Id.ToString(), Said(NewStatus.FromJson(r.Params)), r.RunAt))];
        return call.Page<Pages.DraftsPage>(new
        {
            Model = new DraftsModel([.. (await drafts.ListAsync(viewer, ct)).Select(d => (Draft: d, Begun: NewStatus.FromJson(d.Params))).Select(d => new DraftLine(d.Draft.Id.ToString(), Said(d.Begun), Kind(d.Begun), d.Draft.UpdatedAt))], waiting)
            {
                Days = Strip(waiting, call.Actor, schedule.Now),
                Missed = [.. (await schedule.MissedAsync(viewer, ct)).Select(r => new ScheduledLine(r.Id.ToString(), Said(NewStatus.FromJson(r.Params)), r.RunAt, r.Failure))],
            },
            State = state,
        });
    }

    private static Task<IResult> ActAsync(Id<ScheduledStatus> id, PageCall call, ScheduleStatus schedule, DraftDesk drafts, CancellationToken ct) => call.SendAsync(
        async form =>
        {
            var viewer = await call.ViewerAsync(ct);
            switch (form.Text("act"))
            {
                case "move":
                    await schedule.MoveAsync(id, WritePages.Hour(form.Text("scheduled_at"), call.Actor), viewer, ct);
                    break;
                case "now":
                    return $"/social#post-{await schedule.PublishNowAsync(id, null, viewer, ct)}";
                case "cancel":
                    await schedule.CancelAsync(id, viewer, ct);
                    break;
                default:
                    throw Refusal.Invalid("act", "Nothing is known of that.");
            }

            return "/social/drafts";
        },
        (state, _) => ListAsync(state, call, schedule, drafts, ct));

    // The next days where the reader lives, each with what goes out then.
    private static IReadOnlyList<ScheduledDay> Strip(IReadOnlyList<ScheduledLine> waiting, Actor actor, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone);
        DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var count = waiting.CountBy(w => DayOf(w.At)).ToDictionary();
        return waiting.Count == 0 ? [] : [.. Enumerable.Range(0, Days).Select(d => DayOf(now).AddDays(d)).Select(d => new ScheduledDay(d, count.GetValueOrDefault(d)))];
    }

    private static string Said(NewStatus begun) => begun.Text.Trim() is { Length: > 0 } words ? words : begun.Media.Count > 0 ? "Media without words" : "Nothing yet";

    private static string Kind(NewStatus begun) => string.Join(", ", new[]
    {
        begun.InReplyTo is null ? null : "A reply", begun.Quoted is null ? null : "Quotes a post", begun.Poll is null ? null : "With a poll", begun.Media.Count switch { 0 => null, 1 => "1 file", var n => $"{n} files" },
    }.OfType<string>());
}

/// <summary>What was begun, newest first, and what waits for its hour, soonest first.</summary>
public sealed class DraftsModel
{
    internal DraftsModel(IReadOnlyList<DraftLine> drafts, IReadOnlyList<ScheduledLine> waiting) => (Drafts, Waiting) = (drafts, waiting);

    internal IReadOnlyList<DraftLine> Drafts { get; }

    internal IReadOnlyList<ScheduledLine> Waiting { get; }

    /// <summary>What could not go out at its hour.</summary>
    internal IReadOnlyList<ScheduledLine> Missed { get; init; } = [];

    internal IReadOnlyList<ScheduledDay> Days { get; init; } = [];
}

internal sealed record DraftLine(string Id, string Text, string Kind, DateTimeOffset At);

/// <param name="Fault">Why it did not go out.</param>
internal sealed record ScheduledLine(string Id, string Text, DateTimeOffset At, string? Fault = null);

internal sealed record ScheduledDay(DateOnly Day, int Posts);
