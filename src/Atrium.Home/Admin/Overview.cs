using System.Reflection;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>The house at a glance.</summary>
public static class Overview
{
    public sealed record View(
        string Version, string Database, TimeSpan Up, long MemoryBytes, IReadOnlyList<string> Modules, int OpenCases, int Pending, int Dead, int Running, int FailedWork, int WaitingWrites);

    internal static void Map(RouteGroupBuilder admin) => admin.MapGet("/overview", HandleAsync)
        .Operation("getOverview", "Shows the house at a glance: version, load, what waits and what failed", "home:admin", RateClass.Read, "not_found");

    internal static async Task<View> HandleAsync(HomeDb db, KernelDb kernel, OutboxDesk outbox, IEnumerable<IModule> modules, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var standing = await outbox.StandingAsync(ct);
        var started = new DateTimeOffset(System.Diagnostics.Process.GetCurrentProcess().StartTime);
        return new(
            typeof(Actor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
            db.House.IsSqlite ? "sqlite" : "postgres", TimeProvider.System.GetUtcNow() - started, Environment.WorkingSet, [.. modules.Select(m => m.Name)],
            await db.Cases.CountAsync(c => c.State == CaseState.Open, ct), standing.Sum(s => s.Pending), standing.Sum(s => s.Dead),
            await kernel.Operations.CountAsync(o => o.State == OperationState.Running || o.State == OperationState.Queued, ct),
            await kernel.RecurringRuns.CountAsync(r => r.LastError != null, ct), db.House.Gate.Waiting);
    }
}
