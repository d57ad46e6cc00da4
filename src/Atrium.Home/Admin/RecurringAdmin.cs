using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>The house's timetable.</summary>
public static class RecurringAdmin
{
    /// <param name="Name">Module and work: <c>home/SendDigests</c>.</param>
    /// <param name="Cron">Five fields, UTC.</param>
    public sealed record View(string Name, string Cron, DateTimeOffset? NextAt, DateTimeOffset? LastStartedAt, DateTimeOffset? LastFinishedAt, string? LastError);

    internal static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/recurring", ListAsync).Operation("listRecurringWork", "Lists what comes round by the clock, with its last run and the next", "home:admin", RateClass.Read, "not_found");
        admin.MapPost("/recurring/{module}/{work}/run", RunAsync).Operation("runRecurringWork", "Runs recurring work now and waits for it", "home:admin", RateClass.Heavy, "not_found");
    }

    internal static async Task<IReadOnlyList<View>> ListAsync(IEnumerable<Recurring> timetable, KernelDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var runs = await db.RecurringRuns.ToDictionaryAsync(r => r.Name, ct);
        return [.. timetable.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => ViewOf(t, runs.GetValueOrDefault(t.Name)))];
    }

    internal static async Task<View> RunAsync(string module, string work, IEnumerable<Recurring> timetable, RecurringWorker worker, KernelDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var entry = timetable.FirstOrDefault(t => t.Name == $"{module}/{work}") ?? throw Refusal.NotFound();
        db.Record(actor, "recurring.run", details: entry.Name);
        await db.SaveChangesAsync(ct);
        await worker.RunAsync(entry, ct);
        return ViewOf(entry, await db.RecurringRuns.FirstOrDefaultAsync(r => r.Name == entry.Name, ct));
    }

    private static View ViewOf(Recurring entry, RecurringRun? run) => new(entry.Name, entry.Cron, run?.NextAt, run?.LastStartedAt, run?.LastFinishedAt, run?.LastError);
}
