using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>What is under way between the modules, and what was given up.</summary>
internal static class OutboxAdmin
{
    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/outbox", StandingAsync).Operation("getOutbox", "Shows per module what is pending and what was given up", "home:admin", RateClass.Read, "not_found");
        admin.MapGet("/outbox/dead", DeadAsync).Operation("listDeadLetters", "Lists messages that were given up, newest first", "home:admin", RateClass.Read, "not_found");
        admin.MapPost("/outbox/dead/{module}/{id}/retry", RetryAsync).Operation("retryDeadLetter", "Sends a message that was given up again", "home:admin", RateClass.Write, "not_found");
        admin.MapDelete("/outbox/dead/{module}/{id}", DiscardAsync).Operation("discardDeadLetter", "Throws a message that was given up away", "home:admin", RateClass.Write, "not_found");
    }

    public static Task<IReadOnlyList<OutboxStanding>> StandingAsync(OutboxDesk desk, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        return desk.StandingAsync(ct);
    }

    public static Task<Slice<DeadLetter>> DeadAsync(int? limit, string? cursor, OutboxDesk desk, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        return desk.DeadAsync(limit, cursor, ct);
    }

    public static async Task<NoContent> RetryAsync(string module, Id<OutboxMessage> id, OutboxDesk desk, HomeDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        if (!await desk.RetryAsync(module, id, ct)) throw Refusal.NotFound();
        await RecordAsync(db, actor, "dead_letter.retried", $"{module} {id}", ct);
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> DiscardAsync(string module, Id<OutboxMessage> id, OutboxDesk desk, HomeDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        if (!await desk.DiscardAsync(module, id, ct)) throw Refusal.NotFound();
        await RecordAsync(db, actor, "dead_letter.discarded", $"{module} {id}", ct);
        return TypedResults.NoContent();
    }

    private static Task RecordAsync(HomeDb db, Actor actor, string act, string details, CancellationToken ct)
    {
        db.Record(actor, act, details: details);
        return db.SaveChangesAsync(ct);
    }
}
